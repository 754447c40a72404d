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
