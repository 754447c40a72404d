SELECT
    (SELECT string_agg(label || rows || '行', '、' ORDER BY kind) FROM roster_state WHERE loaded) AS rosters,
    (SELECT string_agg(label, '、' ORDER BY kind) FROM roster_state WHERE NOT loaded) AS absent,
    (SELECT count(*) FROM household) AS households, (SELECT count(*) FROM person) AS persons,
    (SELECT count(*) FROM rule WHERE attachment2 = $content AND status = '已执行') AS evaluated,
    -- what is held is told once, below
    (SELECT string_agg(unspoken(rules, reason), '、' ORDER BY rules[1]) FROM (
        SELECT CASE status WHEN '已暂停' THEN '所依据的名册沿用上期' ELSE reason END AS reason, list(rule_id || name ORDER BY rule_id) AS rules
        FROM rule WHERE attachment2 = $content AND coalesce(reason, '') <> '' GROUP BY 1)) AS unspoken,
    (SELECT string_agg(note || '，自' || held_since || '起', '；' ORDER BY kind, town) FROM held_scope) AS held
