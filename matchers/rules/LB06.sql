/* @rule
id: LB06
name: 人均收入低于低保标准未纳入
question: 家庭人均收入低于低保标准，是否全家没有纳入低保、特困？
category: 漏保
severity: high
attachment2: 社会保障
needs: [registered_poor.income_per_capita, dibao, tekun]
heeds: [dibao.persons_covered]
basis: [{document: 社会救助暂行办法（国务院令第649号）第九条}]
innocent: [已纳入, 名册错误, 自愿放弃]
yields_to: [LB03]
check: 入户核实家庭收入和财产；符合条件的纳入低保。
statement: 家庭人均纯收入{income_per_capita}元，疑似低于农村低保标准{dibao_standard}元，无人享受低保、特困
@rule */
SELECT
    household_id,
    living_members > 0       AS "有未死亡、未迁出的成员",
    income_known             AS "家庭人均收入已知",
    income_per_capita < dibao_standard AS "人均收入低于低保标准{dibao_standard}元",
    NOT any_covered          AS "无人享受低保、特困",
    NOT any_possibly_covered AS "不在只列户主的低保户中",
    type, members, income_per_capita, poor_income_monthly,
    uncovered_members * list_min(map_values(tier_amount)) AS amount_at_stake
FROM household, policy
