SELECT rule_id, name || chr(10) || question, basis,
    status || CASE WHEN coalesce(reason, '') = '' THEN '' ELSE '：' || reason END,
    examined, found
FROM rule
ORDER BY category_position(category), rule_id
