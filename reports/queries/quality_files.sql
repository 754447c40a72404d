SELECT k.label, k.department, s.path, s.sheet, s.format, s.encoding, s.header_row,
    s.rows_read, s.rows_loaded, s.rows_rejected, s.rows_structural, s.rows_blank,
    (SELECT string_agg(u.name, '、' ORDER BY u.name) FROM (SELECT unnest(from_json(s.unmatched, '["VARCHAR"]')) AS name) u), s.note
FROM source_file s JOIN kind k USING (kind)
ORDER BY k.position, s.path, s.sheet
