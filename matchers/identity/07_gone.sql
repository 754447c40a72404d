-- What is gone since then, and the day of a list that had it. A registered household is taken whole when any of its rows is
-- gone, as it was before the last of them went; of disability the gone rows alone are asked after.
CREATE OR REPLACE TEMP TABLE gone_registered_poor AS
WITH stood AS (
    SELECT h.*, previous_day, coalesce(town, '') || '|' || coalesce(household_no, concat(name_key, id_raw)) AS household
    FROM history_registered_poor h JOIN last_change ON kind = 'registered_poor'
    WHERE valid_to IS NULL OR valid_to >= changed_on
), gone AS (
    SELECT household, max(valid_to) AS gone_on FROM stood GROUP BY household HAVING gone_on IS NOT NULL
)
SELECT stood.* EXCLUDE (household, previous_day, valid_from, valid_to), greatest(previous_day, valid_from) AS stood_on FROM stood JOIN gone USING (household)
WHERE valid_from < gone_on AND (valid_to IS NULL OR valid_to >= gone_on);

CREATE OR REPLACE TEMP TABLE gone_disability AS
SELECT h.* EXCLUDE (valid_from, valid_to), greatest(previous_day, valid_from) AS stood_on FROM history_disability h JOIN last_change ON kind = 'disability' WHERE valid_to >= changed_on;
