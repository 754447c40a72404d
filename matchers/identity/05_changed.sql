-- The nights on which a roster, or a town of it, was held: by a day's last run.
CREATE OR REPLACE TEMP TABLE held_night AS
SELECT DISTINCT kind, as_of AS day, town, reason FROM hold
WHERE accepted_by IS NULL AND run_id IN (SELECT arg_max(run_id, started_at) FROM run GROUP BY as_of);

-- When each roster changed last, and the first day of what it said before: the
-- previous differing snapshot that rules.md speaks of. A roster that has not
-- changed since its first night has none. Who vanished while CT06 or CT07 was
-- suspended was never told of: they go back to the first change since the last day on
-- which nothing that they lean on was held. That day is before the latest change: what they
-- tell stands until the next one, and not for a night.
CREATE OR REPLACE TEMP TABLE last_change AS
WITH version AS (
    SELECT 'registered_poor' AS kind, valid_from, valid_to FROM history_registered_poor
    UNION ALL SELECT 'dibao', valid_from, valid_to FROM history_dibao
    UNION ALL SELECT 'tekun', valid_from, valid_to FROM history_tekun
    UNION ALL SELECT 'disability', valid_from, valid_to FROM history_disability
), latest AS (
    SELECT kind, greatest(max(valid_from), max(valid_to)) AS changed_on
    FROM (SELECT unnest(['registered_poor', 'dibao', 'tekun', 'disability']) AS kind) LEFT JOIN version USING (kind)
    GROUP BY kind
), told AS (
    SELECT t.kind, max(r.as_of) AS told_on
    FROM (VALUES ('registered_poor', ['registered_poor', 'verification']), ('disability', ['disability', 'dibao', 'tekun', 'verification'])) t(kind, leans_on)
    JOIN latest l USING (kind) JOIN run r ON r.as_of < l.changed_on
    WHERE NOT EXISTS (FROM held_night h WHERE h.day = r.as_of AND list_contains(leans_on, h.kind))
    GROUP BY t.kind
), turned AS (
    SELECT kind, coalesce(least(min(valid_from) FILTER (WHERE valid_from > told_on), min(valid_to) FILTER (WHERE valid_to > told_on)), any_value(l.changed_on)) AS changed_on
    FROM latest l LEFT JOIN told USING (kind) LEFT JOIN version USING (kind)
    GROUP BY kind
)
SELECT t.kind, t.changed_on, max(s.as_of) AS previous_day
FROM turned t LEFT JOIN snapshot s ON s.kind = t.kind AND s.as_of < t.changed_on
GROUP BY t.kind, t.changed_on;
