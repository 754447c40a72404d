SELECT r.category, r.rule_id, r.name,
    r.status || CASE WHEN coalesce(r.reason, '') = '' THEN '' ELSE '：' || r.reason END,
    count(f.finding_id), count(DISTINCT coalesce(f.household_id, f.household_no, f.person_id)), coalesce(sum(f.subject_count), 0)::BIGINT,
    count(*) FILTER (WHERE f.is_new), r.basis
FROM rule r LEFT JOIN report_finding f ON f.rule_id = r.rule_id AND (? = '' OR f.report_town = ?)
GROUP BY r.category, r.rule_id, r.name, r.status, r.reason, r.basis
ORDER BY list_position(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量'], r.category), r.rule_id
