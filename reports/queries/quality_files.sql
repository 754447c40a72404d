SELECT k.label, k.department, s.path, s.sheet, s.format, s.encoding, s.header_row,
    s.rows_read, s.rows_loaded, s.rows_rejected, s.rows_structural, s.rows_blank,
    (SELECT string_agg(u.name, '、' ORDER BY u.name) FROM (SELECT unnest(from_json(s.unmatched, '["VARCHAR"]')) AS name) u),
    nullif(concat_ws('；', nullif(s.note, ''), (SELECT string_agg(h.note || '，自' || h.held_since || '起沿用上期', '；' ORDER BY h.town) FROM held_scope h WHERE h.kind = s.kind)), '')
FROM source_file s JOIN kind k USING (kind)
ORDER BY k.position, s.path, s.sheet
