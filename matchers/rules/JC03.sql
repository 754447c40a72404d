/* @rule
id: JC03
name: 收入两本账
question: 同一户的收入，扶贫名册和低保名册是否相差很大？
category: 防贫监测
severity: medium
attachment2: 防贫监测
needs: [registered_poor.income_per_capita, dibao.income_per_capita]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [名册错误]
yields_to: []
check: 核实家庭实际收入，改正记错的一册。
statement: 扶贫名册人均收入{income_per_capita}元，低保名册{dibao_income}元，疑似两本账
@rule */
-- Whether the dibao income is known can be asked of one household alone.
SELECT
    household_id,
    dibao_households = 1          AS "成员恰属一个低保户",
    income_per_capita IS NOT NULL AS "扶贫名册收入已知",
    CASE WHEN dibao_households = 1 THEN dibao_income IS NOT NULL END AS "低保名册收入已知",
    abs(income_per_capita - dibao_income) > income_gap * greatest(income_per_capita, dibao_income) AS "相差超过较大者的{income_gap}",
    income_per_capita, dibao_income, income_monthly, poor_income_monthly
FROM household, policy
