-- Draws a sample of the published findings into sampled: asked holds the town (''
-- for all), the size and the seed. Data quality is the departments' to mend, nobody
-- is visited for it.
CREATE OR REPLACE TEMP TABLE sampled AS
WITH universe AS (
    SELECT f.*, told_town(f.town) AS told_town,
        CASE f.status WHEN 'dismissed' THEN '已排除' WHEN 'cleared' THEN '已消除' ELSE '在列' END AS standing,
        sha256(asked.seed || '|' || finding_id) AS lot
    FROM published.finding f, asked WHERE f.category <> '数据质量' AND (asked.town = '' OR told_town = asked.town)
), ranked AS (
    SELECT *, count(*) OVER stratum AS size, row_number() OVER (stratum ORDER BY lot) AS rank
    FROM universe WINDOW stratum AS (PARTITION BY standing, category, severity)
), queued AS (
    -- First one of every stratum, the largest first; then each in proportion.
    SELECT *, standing = '在列' AS stands,
        row_number() OVER (PARTITION BY standing = '在列' ORDER BY rank > 1, CASE WHEN rank = 1 THEN -size ELSE (rank - 0.5) / size END, lot) AS place
    FROM ranked
), room AS (
    SELECT count(*) FILTER (WHERE stands) AS standing, count(*) FILTER (WHERE NOT stands) AS settled FROM queued
), share AS (
    -- Three in ten are settled ones: who dismisses or clears is checked too.
    SELECT least(settled, greatest(ceil(0.3 * size)::BIGINT, size - standing)) AS settled FROM room, asked
)
SELECT q.* FROM queued q, asked, share WHERE place <= CASE WHEN stands THEN asked.size - share.settled ELSE share.settled END;
