-- Rows in force by town and roster. Towns that only a roster names, misspelt or
-- of another district, are told together: 数据质量.xlsx lists them.
WITH counted AS (
    SELECT kind, CASE WHEN coalesce(town, '') = '' THEN '未写镇名' WHEN town IN (SELECT town FROM report_town) THEN town ELSE '其他镇名' END AS town, count(*) AS n
    FROM roster_row GROUP BY ALL
), shown AS (
    SELECT town, position FROM report_town WHERE town <> told_town('')
    UNION ALL SELECT '其他镇名', 4000000 WHERE '其他镇名' IN (SELECT town FROM counted)
    UNION ALL SELECT '未写镇名', 5000000 WHERE '未写镇名' IN (SELECT town FROM counted)
)
SELECT t.town, coalesce(c.n, 0), h.held_since
FROM shown t CROSS JOIN kind k
LEFT JOIN counted c ON c.kind = k.kind AND c.town = t.town
LEFT JOIN (SELECT kind, town, min(held_since) AS held_since FROM held_scope WHERE town <> '' GROUP BY ALL) h ON h.kind = k.kind AND h.town = t.town
ORDER BY t.position, t.town, k.position
