SELECT rule_id, name || chr(10) || question, basis,
    status || CASE WHEN coalesce(reason, '') = '' THEN '' ELSE '：' || reason END,
    examined, found
FROM rule
ORDER BY list_position(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量'], category), rule_id
