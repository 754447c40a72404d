-- What stands in the ledger, by category; a category without findings is told too.
SELECT c.category, count(f.finding_id), count(DISTINCT f.home),
    count(f.finding_id) FILTER (WHERE f.status <> 'confirmed'), count(f.finding_id) FILTER (WHERE f.status = 'confirmed'),
    count(f.finding_id) FILTER (WHERE f.is_new)
FROM (SELECT unnest(categories) AS category, generate_subscripts(categories, 1) AS position FROM report_setting) c
LEFT JOIN report_finding f ON f.category = c.category
GROUP BY c.category, c.position ORDER BY c.position
