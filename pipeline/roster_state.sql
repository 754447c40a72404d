-- What the rules are told about tonight's rosters, one row a kind. A column
-- counts as present when every sheet that gave rows in force has it: one town's
-- file without it would make that town's blanks a "no".
CREATE OR REPLACE TEMP TABLE roster_state AS
WITH sheet AS (
    SELECT s.kind, s.path, s.sheet, s.matched
    FROM standing_file l JOIN source_file s ON s.kind = l.kind AND s.path = l.path AND s.run_id = l.run_id
    WHERE s.rows_loaded > 0 AND l.repeats IS NULL
), sheets AS (
    SELECT kind, count(*) AS n FROM sheet GROUP BY kind
), present AS (
    SELECT kind, name, count(*) AS n FROM (SELECT kind, path, sheet, unnest(json_keys(matched)) AS name FROM sheet)
    GROUP BY kind, name
), told AS (
    SELECT kind, list(name ORDER BY name) AS columns FROM present JOIN sheets USING (kind, n) GROUP BY kind
), loaded AS (
    SELECT kind, list(DISTINCT path ORDER BY path) AS files FROM standing_file GROUP BY kind
), sized AS (
    SELECT kind, arg_max(rows, as_of) AS rows, count(*) AS lists FROM main.snapshot GROUP BY kind
)
SELECT k.kind, k.label, f.kind IS NOT NULL AS loaded,
    -- Words about the roster that are no columns: a list that has no column for it and calls nobody
    -- so does not tell who is monitored; and of a first list nobody can have left, unless
    -- the one after it is held.
    flatten([coalesce(t.columns, []), CASE WHEN z.lists > 1 OR k.kind IN (SELECT kind FROM held_scope) THEN ['previous'] ELSE [] END, CASE WHEN k.kind = 'registered_poor' AND (list_contains(t.columns, 'monitor_type')
        OR EXISTS (FROM main.read_registered_poor WHERE type IN ('unstable', 'marginal', 'sudden'))) THEN ['monitored'] ELSE [] END]) AS columns,
    coalesce(z.rows, 0)::BIGINT AS rows, coalesce(f.files, []) AS files
FROM kind k LEFT JOIN loaded f USING (kind) LEFT JOIN told t USING (kind) LEFT JOIN sized z USING (kind)
ORDER BY k.position;
