-- What stands in the ledger, by category; a category without findings is told too.
SELECT c.category, count(f.finding_id), count(DISTINCT f.home),
    count(f.finding_id) FILTER (WHERE f.status <> 'confirmed'), count(f.finding_id) FILTER (WHERE f.status = 'confirmed'),
    count(f.finding_id) FILTER (WHERE f.is_new)
FROM (SELECT unnest(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量']) AS category, generate_subscripts(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量'], 1) AS position) c
LEFT JOIN report_finding f ON f.category = c.category
GROUP BY c.category, c.position ORDER BY c.position
