SELECT told.label, told.value
FROM main.run r JOIN tonight USING (run_id), unnest([
    {'label': '运行编号', 'value': r.run_id}, {'label': '程序版本', 'value': r.version}, {'label': '配置文件摘要（SHA-256）', 'value': r.config_sha256}
]) t(told)
ORDER BY list_position(['运行编号', '程序版本', '配置文件摘要（SHA-256）'], told.label)
