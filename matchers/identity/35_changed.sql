-- When each roster changed last, and the first day of what it said before: the
-- previous differing snapshot that rules.md speaks of. A roster that has not
-- changed since its first night has none.
CREATE OR REPLACE TEMP TABLE last_change AS
WITH turned AS (
    SELECT 'registered_poor' AS kind, greatest(max(valid_from), max(valid_to)) AS changed_on FROM history_registered_poor
    UNION ALL SELECT 'dibao', greatest(max(valid_from), max(valid_to)) FROM history_dibao
    UNION ALL SELECT 'tekun', greatest(max(valid_from), max(valid_to)) FROM history_tekun
    UNION ALL SELECT 'disability', greatest(max(valid_from), max(valid_to)) FROM history_disability
)
SELECT t.kind, t.changed_on, max(s.as_of) AS previous_day
FROM turned t LEFT JOIN snapshot s ON s.kind = t.kind AND s.as_of < t.changed_on
GROUP BY t.kind, t.changed_on;

-- What is gone since then. A registered household is taken whole when any of its
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
