/* @rule
id: LB02
name: 重病患者未纳入低保特困
question: 建档立卡户和监测户里的重病患者，家里不宽裕，是否没有纳入低保或特困？
category: 漏保
severity: high
attachment2: 社会保障
needs: [registered_poor, medical_aid.serious|medical_aid.self_pay, dibao, tekun]
wants: [medical_aid.serious, medical_aid.self_pay, dibao.category]
heeds: [dibao.persons_covered]
basis: [{document: 承高社管字〔2021〕29号 五(二), text: "落实兜底保障政策,确保符合条件的建档立卡贫困残疾人全部纳入最低生活保障制度范围;低收入家庭中重病、残疾人按照单人户纳入低保范围。"}]
innocent: [已纳入, 名册错误]
yields_to: []
goes_on: [LB01]
check: 入户核实病情、自付费用、家庭收入和财产；符合条件的按单人户纳入低保。
statement: 疑似重病（{illness}），家庭人均纯收入（元/年）：{income_per_capita}，未纳入低保或特困供养
@rule */
SELECT
    person_id,
    poor                 AS "在建档立卡或监测户中",
    living               AS "未死亡、未迁出",
    serious              AS "重特大疾病，或个人自付合计达{serious_self_pay}元",
    NOT severe           AS "不是重度残疾人（重度残疾人见LB01）",
    needy                AS "家庭人均收入未知或低于低保标准{low_income_multiple}倍",
    NOT covered          AS "未享受低保、特困",
    NOT possibly_covered AS "不在只列户主的低保户中",
    concat_ws('、', CASE WHEN serious_told IS NOT NULL THEN '登记为重特大疾病' END, '个人自付' || yuan(self_pay) || '元') AS illness,
    serious_told, self_pay, disease, income_per_capita, poor_income_monthly,
    list_min(map_values(tier_amount)) AS amount_at_stake
FROM person
LEFT JOIN (SELECT person_id, min(serious) AS serious_told FROM medical_aid WHERE serious = '是' GROUP BY person_id) USING (person_id), policy
