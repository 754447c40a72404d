-- How wide the texts and the headers of a department's columns are on its sheet, of its
-- own columns in order: in Latin letters, of which a Chinese character, three bytes, has two.
WITH block AS (
    SELECT DISTINCT s.headers AS cells, true AS head
    FROM quality_row q JOIN source_file s ON s.path = q.path AND s.sheet = q.sheet
    WHERE q.department = $department
    UNION ALL
    SELECT coalesce(o.cells, to_json([t.told])::VARCHAR), false
    FROM quality_row q
    LEFT JOIN original_row o ON o.path = q.path AND o.sheet = q.sheet AND o.row_number = q.row_number
    LEFT JOIN quality_told t ON t.kind = q.kind AND t.path = q.path AND t.sheet = q.sheet AND t.row_number = q.row_number
    WHERE q.department = $department
), list AS (
    SELECT from_json(cells, '["VARCHAR"]') AS texts, head FROM block
), cell AS (
    SELECT unnest(range(len(texts))) AS i, unnest(texts) AS text, head FROM list
)
SELECT coalesce(max((strlen(text) + length(text)) // 2) FILTER (WHERE NOT head), 0)::BIGINT,
    coalesce(max((strlen(text) + length(text)) // 2) FILTER (WHERE head), 0)::BIGINT
FROM cell GROUP BY i ORDER BY i
