-- Once for each kind: its current rows with the person that each is about, and a
-- name for the row that stays when the file is sent again: which of its person's
-- rows it is.
CREATE OR REPLACE TEMP TABLE {kind} AS
SELECT *, '{kind}|' || person_id || '|1' AS row_id FROM (
    SELECT r.* EXCLUDE (unresolved, joins, row_key, occurrence),
        CASE WHEN r.joins THEN r.id_number ELSE coalesce(f.resolved, r.unresolved) END AS person_id,
        CASE WHEN r.joins AND r.id_number IN (SELECT id_number FROM suspect UNION ALL SELECT other FROM suspect) THEN 'suspect'
             WHEN r.joins THEN 'exact'
             WHEN f.resolved IS NOT NULL THEN 'repaired'
             ELSE 'unresolved' END AS id_quality
    FROM (
        SELECT r.*, joins(id_state, id_number, as_of) AS joins,
            CASE WHEN NOT joins(id_state, id_number, as_of) THEN unresolved_id('{kind}', town, name_key, id_raw) END AS unresolved
        FROM read_{kind} r, policy
    ) r LEFT JOIN repaired f ON NOT r.joins AND f.unresolved = r.unresolved
);

-- Most persons have one row; only the others are numbered. A sheet's row that lists a
-- household may name one of them twice: then what it writes of them decides.
UPDATE {kind} SET row_id = numbered.row_id
FROM (
    SELECT rowid AS at, '{kind}|' || person_id || '|' || row_number() OVER (PARTITION BY person_id ORDER BY path, sheet, row_number, id_raw, name) AS row_id
    FROM {kind} WHERE person_id IN (SELECT person_id FROM {kind} GROUP BY person_id HAVING count(*) > 1)
) numbered
WHERE {kind}.rowid = numbered.at;
