-- What is gone since the last change. A registered household is taken whole when any of its
-- rows is gone; of disability the gone rows alone are asked after.
CREATE OR REPLACE TEMP TABLE gone_registered_poor AS
WITH stood AS (
    SELECT h.* EXCLUDE (valid_from, valid_to), valid_to IS NOT NULL AS gone,
        coalesce(town, '') || '|' || coalesce(household_no, concat(name_key, id_raw)) AS household
    FROM history_registered_poor h JOIN last_change ON kind = 'registered_poor'
    WHERE valid_from < changed_on AND (valid_to IS NULL OR valid_to = changed_on)
)
SELECT * EXCLUDE (gone, household) FROM stood WHERE household IN (SELECT household FROM stood WHERE gone);

CREATE OR REPLACE TEMP TABLE gone_disability AS
SELECT h.* EXCLUDE (valid_from, valid_to) FROM history_disability h JOIN last_change ON kind = 'disability' WHERE valid_to = changed_on;
