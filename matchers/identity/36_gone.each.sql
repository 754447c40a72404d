-- Once for registered_poor and disability: the person that each gone row was about,
-- resolved with what is known now.
CREATE OR REPLACE TEMP TABLE previous_{kind} AS
SELECT r.* EXCLUDE (unresolved, joins),
    CASE WHEN r.joins THEN r.id_number ELSE coalesce(f.resolved, r.unresolved) END AS person_id,
    CASE WHEN r.joins AND r.id_number IN (SELECT id_number FROM suspect UNION ALL SELECT other FROM suspect) THEN 'suspect'
         WHEN r.joins THEN 'exact'
         WHEN f.resolved IS NOT NULL THEN 'repaired'
         ELSE 'unresolved' END AS id_quality
FROM (
    SELECT g.*, joins(id_state, id_number, as_of) AS joins,
            CASE WHEN NOT joins(id_state, id_number, as_of) THEN unresolved_id('{kind}', town, name_key, id_raw) END AS unresolved
    FROM gone_{kind} g, policy
) r LEFT JOIN repaired f ON NOT r.joins AND f.unresolved = r.unresolved;
