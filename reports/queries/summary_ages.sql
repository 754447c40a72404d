-- How long what is left has been open, by town and in all.
SELECT coalesce(p.town, '合计'), count(*), count(*) FILTER (WHERE f.state = '待核实'), count(*) FILTER (WHERE f.state = '属实待整改'),
    count(*) FILTER (WHERE f.age <= 7), count(*) FILTER (WHERE f.age BETWEEN 8 AND 30),
    count(*) FILTER (WHERE f.age BETWEEN 31 AND 90), count(*) FILTER (WHERE f.age > 90)
FROM summary_finding f JOIN summary_place p USING (town)
WHERE f.category <> '数据质量' AND f.state IN ('待核实', '属实待整改')
GROUP BY GROUPING SETS ((p.town, p.position), ())
ORDER BY p.position NULLS LAST
