/* @rule
id: LB01
name: 重度残疾人未纳入低保特困
question: 建档立卡户和监测户里的重度残疾人，家里不宽裕，是否没有纳入低保或特困？
category: 漏保
severity: high
attachment2: 社会保障
needs: [registered_poor, disability.grade, dibao, tekun]
wants: [disability.disability_type, dibao.category]
heeds: [dibao.persons_covered]
basis: [{document: 承高社管字〔2021〕29号 五(二), text: "落实兜底保障政策,确保符合条件的建档立卡贫困残疾人全部纳入最低生活保障制度范围;低收入家庭中重病、残疾人按照单人户纳入低保范围。"}]
innocent: [已纳入, 名册错误]
yields_to: []
goes_on: [LB02]
check: 入户核实残疾证、家庭收入和财产；符合条件的按单人户纳入低保或纳入特困。
statement: "{disability_type}残疾{disability_grade}级，家庭人均纯收入（元/年）：{income_per_capita}，疑似未纳入低保或特困供养"
@rule */
SELECT
    person_id,
    poor                 AS "在建档立卡或监测户中",
    living               AS "未死亡、未迁出",
    severe               AS "一、二级残疾，或三级智力、精神残疾",
    needy                AS "家庭人均收入未知或低于低保标准{low_income_multiple}倍",
    NOT covered          AS "未享受低保、特困",
    NOT possibly_covered AS "不在只列户主的低保户中",
    disability_type, disability_grade, income_per_capita, poor_income_monthly,
    list_min(map_values(tier_amount)) AS amount_at_stake
FROM person, policy
