-- Once for each kind: its current rows with the person that each is about.
CREATE OR REPLACE TEMP TABLE {kind} AS
SELECT * EXCLUDE (unresolved, joins, resolved, nth),
    '{kind}|' || person_id || '|' || row_number() OVER (PARTITION BY person_id ORDER BY path, sheet, row_number) AS row_id
FROM (
    SELECT r.* EXCLUDE (unresolved, joins), r.unresolved, r.joins, f.resolved, 0 AS nth,
        CASE WHEN r.joins THEN r.id_number ELSE coalesce(f.resolved, r.unresolved) END AS person_id,
        CASE WHEN r.joins AND r.id_number IN (SELECT id_number FROM suspect UNION ALL SELECT other FROM suspect) THEN 'suspect'
             WHEN r.joins THEN 'exact'
             WHEN f.resolved IS NOT NULL THEN 'repaired'
             ELSE 'unresolved' END AS id_quality
    FROM (
        SELECT r.*, joins(id_state, id_number, as_of) AS joins, unresolved_id('{kind}', town, name_key, id_raw) AS unresolved
        FROM read_{kind} r, policy
    ) r LEFT JOIN repaired f ON NOT r.joins AND f.unresolved = r.unresolved
);
