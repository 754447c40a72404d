-- Open findings by town and category.
SELECT t.town,
    count(f.finding_id) FILTER (WHERE f.category_position = 1), count(f.finding_id) FILTER (WHERE f.category_position = 2),
    count(f.finding_id) FILTER (WHERE f.category_position = 3), count(f.finding_id) FILTER (WHERE f.category_position = 4),
    count(f.finding_id) FILTER (WHERE f.category_position = 5), count(f.finding_id) FILTER (WHERE f.category_position = 6),
    count(f.finding_id), count(f.finding_id) FILTER (WHERE f.severity = 'high'),
    count(DISTINCT f.home)
FROM report_town t LEFT JOIN report_finding f ON f.report_town = t.town
GROUP BY t.town, t.position ORDER BY t.position, t.town
