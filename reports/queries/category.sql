SELECT finding_id AS "疑点编号", rule_id AS "规则", rule_name AS "问题", severity_label AS "严重程度", confidence_label AS "可信度",
    status_label AS "状态", village AS "村", household_no AS "户编号", name AS "姓名", id_number AS "身份证号", subject_count AS "涉及人数",
    amount_at_stake::DOUBLE AS "涉及金额（元每月）", statement AS "疑点说明", check_text AS "核查要点",
    CASE WHEN is_new THEN '是' ELSE '否' END AS "本期新增", first_seen AS "首次发现", as_of AS "数据日期"
FROM report_finding
WHERE report_town = $town AND category = $category
ORDER BY coalesce(village, ''), coalesce(household_no, ''), severity_position, rule_id, coalesce(id_number, ''), finding_id
