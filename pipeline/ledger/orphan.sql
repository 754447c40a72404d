-- Rules that are no more, a bureau's own, and whose findings stand: every report tells them by
-- a rule, and those that nobody tells would be missing from its sums.
INSERT INTO rule BY NAME
SELECT rule_id, any_value(category) AS category, '规则' || rule_id || '（规则文件已不在）' AS name, any_value(level) AS level, any_value(severity) AS severity,
    'none' AS attachment2, '规则' || rule_id || '（规则文件已不在）所查的问题' AS question, '' AS basis, '核实后反馈核查结论。' AS "check",
    '未执行' AS status, '规则文件已不在' AS reason, '[]' AS funnel
FROM finding_state JOIN finding_detail USING (finding_id, rule_id)
WHERE status IN ('open', 'reopened', 'confirmed') AND rule_id NOT IN (SELECT rule_id FROM rule)
GROUP BY rule_id ORDER BY rule_id
RETURNING rule_id;
