-- Once for each kind: its current rows with the person that each is about, and a
-- name for the row that stays when the file is sent again: which of its
-- person's rows it is. Most persons have one; only the others are numbered. A sheet's
-- row that lists a household may name one of them twice: then the content decides.
CREATE OR REPLACE TEMP TABLE {kind} AS
WITH identified AS MATERIALIZED (
    SELECT r.* EXCLUDE (unresolved, joins),
        CASE WHEN r.joins THEN r.id_number ELSE coalesce(f.resolved, r.unresolved) END AS person_id,
        CASE WHEN r.joins AND r.id_number IN (SELECT id_number FROM suspect UNION ALL SELECT other FROM suspect) THEN 'suspect'
             WHEN r.joins THEN 'exact'
             WHEN f.resolved IS NOT NULL THEN 'repaired'
             ELSE 'unresolved' END AS id_quality
    FROM (
        SELECT r.*, joins(id_state, id_number, as_of) AS joins, unresolved_id('{kind}', town, name_key, id_raw) AS unresolved
        FROM read_{kind} r, policy
    ) r LEFT JOIN repaired f ON NOT r.joins AND f.unresolved = r.unresolved
), several AS MATERIALIZED (
    SELECT person_id FROM identified GROUP BY person_id HAVING count(*) > 1
)
SELECT *, '{kind}|' || person_id || '|1' AS row_id FROM identified WHERE person_id NOT IN (SELECT person_id FROM several)
UNION ALL
SELECT *, '{kind}|' || person_id || '|' || row_number() OVER (PARTITION BY person_id ORDER BY path, sheet, row_number, identified::VARCHAR)
FROM identified WHERE person_id IN (SELECT person_id FROM several);
