SELECT r.rows_read, r.rows_loaded, r.rows_rejected, r.persons, r.households,
    json_extract_string(r.manifest, '$.canaries'),
    (SELECT string_agg(k.label, '、' ORDER BY k.position) FROM roster_state JOIN kind k USING (kind) WHERE NOT loaded),
    (SELECT string_agg(h.note || '，自' || h.held_since || '起', '；' ORDER BY k.position, h.town) FROM held_scope h JOIN kind k USING (kind)),
    (SELECT count(*) FROM rule), (SELECT count(*) FROM rule WHERE status = '已执行'),
    (SELECT count(*) FROM rule WHERE status = '未执行'), (SELECT count(*) FROM rule WHERE status = '已暂停')
FROM main.run r JOIN tonight USING (run_id)
