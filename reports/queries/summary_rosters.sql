-- Each roster on the period's first and last night, and how often it changed.
WITH night AS (
    SELECT as_of, started_at, from_json(json_extract(manifest, '$.rosters'), '[{"kind":"VARCHAR","label":"VARCHAR","status":"VARCHAR","rows":"BIGINT"}]') AS rosters
    FROM summary_run
), told AS (
    SELECT as_of, started_at, unnest(rosters) AS r, generate_subscripts(rosters, 1) AS position FROM night
), compared AS (
    SELECT r.kind AS kind, any_value(r.label) AS label, min(position) AS position,
        arg_min(r.rows, (as_of, started_at)) AS before, arg_max(r.rows, (as_of, started_at)) AS after, arg_max(r.status, (as_of, started_at)) AS status
    FROM told GROUP BY r.kind
)
SELECT label, before, after, (SELECT count(DISTINCT as_of) FROM published.snapshot s, summary_period WHERE s.kind = b.kind AND s.as_of BETWEEN first_day AND last_day),
    CASE status WHEN '无' THEN '本期无' WHEN '沿用上期' THEN '沿用上期数据' ELSE '参加比对' END
FROM compared b ORDER BY position, kind
