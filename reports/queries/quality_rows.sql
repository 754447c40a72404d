-- A department's faulty rows as it sent them, with the headers of their sheet.
SELECT q.path, q.sheet, coalesce(s.headers, '[]') AS headers, q.row_number, q.problems, q.headers AS faulty, o.cells,
    concat_ws(' ', r.town, r.name, r.id_raw) AS told, q.of
FROM quality_row q
LEFT JOIN (SELECT path, sheet, any_value(headers) AS headers FROM source_file GROUP BY ALL) s ON s.path = q.path AND s.sheet = q.sheet
LEFT JOIN original_row o ON o.path = q.path AND o.sheet = q.sheet AND o.row_number = q.row_number
LEFT JOIN (SELECT kind, path, sheet, row_number, min(town) AS town, string_agg(name, '、' ORDER BY row_id) AS name, string_agg(id_raw, '、' ORDER BY row_id) AS id_raw FROM roster_row GROUP BY ALL) r
    ON r.kind = q.kind AND r.path = q.path AND r.sheet = q.sheet AND r.row_number = q.row_number
WHERE q.department = ?
ORDER BY q.n
