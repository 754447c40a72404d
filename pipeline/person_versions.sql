-- Once a kind: every version of its rows, current and past, with the person that
-- each was about as far as tonight's rosters tell.
CREATE OR REPLACE TEMP VIEW version_{kind} AS
SELECT h.*, CASE WHEN joins(id_state, id_number, as_of) THEN id_number ELSE coalesce(resolved, broken) END AS person_id
FROM (SELECT *, unresolved_id('{kind}', town, name_key, id_raw) AS broken FROM history_{kind}) h
CROSS JOIN policy LEFT JOIN repaired ON unresolved = broken;
