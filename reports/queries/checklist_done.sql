SELECT
    (SELECT string_agg(label || rows || '行', '、' ORDER BY kind) FROM roster_state WHERE loaded) AS rosters,
    (SELECT string_agg(label, '、' ORDER BY kind) FROM roster_state WHERE NOT loaded) AS absent,
    (SELECT count(*) FROM household) AS households, (SELECT count(*) FROM person) AS persons,
    (SELECT count(*) FROM rule WHERE attachment2 = ? AND status = '已执行') AS evaluated,
    -- many rules for one reason by their numbers alone, and what is held once, below: a form
    -- has to stay readable
    (SELECT string_agg(CASE WHEN rules > 5 THEN ids ELSE names END || '（' || reason || '）', '、' ORDER BY first) FROM (
        SELECT CASE status WHEN '已暂停' THEN '所依据的名册沿用上期' ELSE reason END AS reason, count(*) AS rules, min(rule_id) AS first,
            string_agg(rule_id || name, '、' ORDER BY rule_id) AS names, string_agg(rule_id, '、' ORDER BY rule_id) AS ids
        FROM rule WHERE attachment2 = ? AND coalesce(reason, '') <> '' GROUP BY 1)) AS unspoken,
    (SELECT string_agg(note || '，自' || held_since || '起', '；' ORDER BY kind, town) FROM held_scope) AS held
