SELECT coalesce(p.town, '合计'),
    count(f.finding_id) || CASE WHEN count(*) FILTER (WHERE f.state = '待核实') > 0 THEN '※' ELSE '' END,
    count(DISTINCT f.household), count(*) FILTER (WHERE f.state = '待核实'),
    count(*) FILTER (WHERE f.state IN ('属实待整改', '整改完成')), count(*) FILTER (WHERE f.state = '整改完成'),
    count(*) FILTER (WHERE f.state = '不属实'), count(*) FILTER (WHERE f.state = '已消除'),
    coalesce(told_share(count(*) FILTER (WHERE f.state IN ('属实待整改', '整改完成', '不属实')) / nullif(count(f.finding_id), 0)), '—'),
    coalesce(told_share(count(*) FILTER (WHERE f.state = '整改完成') / nullif(count(*) FILTER (WHERE f.state IN ('属实待整改', '整改完成')), 0)), '—')
FROM summary_place p LEFT JOIN (FROM summary_finding WHERE category <> '数据质量') f USING (town)
GROUP BY GROUPING SETS ((p.town, p.position), ())
ORDER BY p.position NULLS LAST
