SELECT string_agg(json_extract_string(r, '$.rule_id') || json_extract_string(r, '$.name'), '、' ORDER BY json_extract_string(r, '$.rule_id')),
    json_extract_string(r, '$.status') AS status, json_extract_string(r, '$.reason') AS reason
FROM (SELECT unnest(json_extract(manifest, '$.rules[*]')) AS r FROM summary_last)
WHERE coalesce(json_extract_string(r, '$.reason'), '') <> ''
GROUP BY status, reason
ORDER BY status, min(json_extract_string(r, '$.rule_id'))
