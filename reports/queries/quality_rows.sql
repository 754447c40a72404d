-- A department's faulty rows as it sent them, with the headers of their sheet.
SELECT q.path, q.sheet, coalesce(s.headers, '[]') AS headers, q.row_number, q.problems, q.headers AS faulty, o.cells,
    t.told, q.of
FROM quality_row q
LEFT JOIN (SELECT path, sheet, any_value(headers) AS headers FROM source_file GROUP BY ALL) s ON s.path = q.path AND s.sheet = q.sheet
LEFT JOIN original_row o ON o.path = q.path AND o.sheet = q.sheet AND o.row_number = q.row_number
LEFT JOIN quality_told t ON t.kind = q.kind AND t.path = q.path AND t.sheet = q.sheet AND t.row_number = q.row_number
WHERE q.department = $department
ORDER BY q.n
