WITH found AS (
    SELECT rule_id, count(*) AS findings, count(DISTINCT home) AS households,
        sum(subject_count)::BIGINT AS persons, count(*) FILTER (WHERE is_new) AS new
    FROM report_finding WHERE $town = '' OR report_town = $town GROUP BY rule_id
), checked AS (
    SELECT rule_id, town, CASE town WHEN '' THEN '全区' ELSE '本镇' END || '核查' || checked || '，属实' || confirmed || '，'
        || told_share(share) || '（' || told_share(low) || '–' || told_share(high) || '）' AS told
    FROM rule_precision WHERE checked > 0
)
SELECT r.category, r.rule_id, r.name,
    concat_ws('；', r.status || '：' || nullif(r.reason, ''), CASE WHEN coalesce(r.reason, '') = '' THEN r.status END,
        CASE WHEN p.checked > 0 AND p.high < s.watch_below THEN '准确率低，列入“观察”' END),
    coalesce(f.findings, 0), coalesce(f.households, 0), coalesce(f.persons, 0), coalesce(f.new, 0),
    coalesce(nullif(concat_ws(chr(10), t.told, d.told), ''), '尚无核查结论'), r.basis
FROM rule r CROSS JOIN report_setting s
LEFT JOIN found f USING (rule_id)
LEFT JOIN rule_precision p ON p.rule_id = r.rule_id AND p.town = ''
LEFT JOIN checked t ON t.rule_id = r.rule_id AND t.town <> '' AND t.town = $town
LEFT JOIN checked d ON d.rule_id = r.rule_id AND d.town = ''
ORDER BY category_position(r.category), r.rule_id
