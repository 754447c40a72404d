SELECT
    (SELECT string_agg(label || rows || '行', '、' ORDER BY kind) FROM roster_state WHERE loaded) AS rosters,
    (SELECT string_agg(label, '、' ORDER BY kind) FROM roster_state WHERE NOT loaded) AS absent,
    (SELECT count(*) FROM household) AS households, (SELECT count(*) FROM person) AS persons,
    (SELECT count(*) FROM rule WHERE attachment2 = ? AND status = '已执行') AS evaluated,
    (SELECT string_agg(rule_id || name || '（' || reason || '）', '、' ORDER BY rule_id) FROM rule WHERE attachment2 = ? AND status <> '已执行') AS unspoken
