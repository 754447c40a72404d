SELECT f.rule_id, coalesce(any_value(r.name), f.rule_id),
    count(*) || CASE WHEN count(*) FILTER (WHERE f.state = '待核实') > 0 THEN '※' ELSE '' END,
    count(DISTINCT f.household), CASE any_value(f.level) WHEN 'person' THEN count(DISTINCT f.person_id) ELSE sum(f.subject_count)::BIGINT END,
    count(*) FILTER (WHERE f.state = '待核实'), count(*) FILTER (WHERE f.state IN ('属实待整改', '整改完成')), count(*) FILTER (WHERE f.state = '整改完成'),
    count(*) FILTER (WHERE f.state = '不属实'), count(*) FILTER (WHERE f.state = '已消除')
FROM summary_finding f LEFT JOIN (SELECT rule_id, name FROM published.rule) r USING (rule_id)
GROUP BY f.rule_id, f.category
ORDER BY category_position(f.category), f.rule_id
