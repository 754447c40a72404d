/* @rule
id: JC07
name: 三保障存在风险未纳入监测
question: 脱贫户的住房、饮水、参保、就学有问题，是否没有纳入监测？
category: 防贫监测
severity: high
attachment2: 防贫监测
needs: [registered_poor.household_type, registered_poor.house_safe|registered_poor.water_safe|medical_aid.insured|school, registered_poor.monitored]
wants: [registered_poor.house_safe, registered_poor.water_safe, medical_aid.insured, school, school.enrolment, registered_poor.medical_insured]
basis: [{document: 关于健全防止返贫动态监测和帮扶机制的指导意见（中农组发〔2021〕7号）}, {document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [已纳入, 名册错误]
yields_to: []
check: 入户核实住房、饮水、参保和就学；存在风险的，纳入监测。
statement: 脱贫户疑似“三保障”和饮水存在风险（{insecure}），未纳入监测
@rule */
-- Who is left out is told, so that a finding that a visit dismissed comes back when
-- another one is.
SELECT
    household_id,
    living_members > 0 AS "有未死亡、未迁出的成员",
    type = 'stable'    AS "稳定脱贫户，未纳入监测",
    house_safe = '否' OR water_safe = '否' OR any_uninsured OR any_out_of_school
        AS "住房或饮水不安全，或有在世成员未参保（BT04）、适龄未在校（BT08）",
    concat_ws('、', CASE WHEN house_safe = '否' THEN '住房不安全' END, CASE WHEN water_safe = '否' THEN '饮水不安全' END,
        CASE WHEN any_uninsured THEN uninsured_members || '人未参保' END, CASE WHEN any_out_of_school THEN out_of_school_members || '名适龄儿童未在校' END) AS insecure,
    left_out, type, house_safe, water_safe
FROM household
LEFT JOIN (
    SELECT m.subject AS household_id, string_agg(name || '（' || concat_ws('、', CASE WHEN uninsured THEN '未参保' END, CASE WHEN out_of_school THEN '未在校' END) || '）', '、' ORDER BY name, person_id) AS left_out
    FROM member_of_household m JOIN person USING (person_id) WHERE living AND (uninsured OR out_of_school) GROUP BY m.subject
) USING (household_id)
