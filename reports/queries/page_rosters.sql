-- Rows in force of every roster, and of its last differing snapshot but one.
WITH before AS (
    SELECT kind, as_of, rows FROM main.snapshot
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY as_of DESC) = 2
), held AS (
    SELECT kind, string_agg(note || '，自' || held_since || '起', '；' ORDER BY town) AS note FROM held_scope GROUP BY kind
)
SELECT k.label, r.loaded, r.rows, b.rows, b.as_of, coalesce(h.note, '')
FROM kind k JOIN roster_state r USING (kind) LEFT JOIN before b USING (kind) LEFT JOIN held h USING (kind)
ORDER BY k.position
