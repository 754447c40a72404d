-- Open findings by town and category.
SELECT t.town,
    count(f.finding_id) FILTER (WHERE f.category = '漏保'), count(f.finding_id) FILTER (WHERE f.category = '错保'),
    count(f.finding_id) FILTER (WHERE f.category = '错退'), count(f.finding_id) FILTER (WHERE f.category = '补贴未落实'),
    count(f.finding_id) FILTER (WHERE f.category = '防贫监测'), count(f.finding_id) FILTER (WHERE f.category = '数据质量'),
    count(f.finding_id), count(f.finding_id) FILTER (WHERE f.severity = 'high'),
    count(DISTINCT f.home)
FROM report_town t LEFT JOIN report_finding f ON f.report_town = t.town
GROUP BY t.town, t.position ORDER BY t.position, t.town
