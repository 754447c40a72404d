/* @rule
id: JC08
name: 收入低于监测线未纳入监测
question: 脱贫户的收入低于监测线，是否没有纳入监测？
category: 防贫监测
severity: high
attachment2: 防贫监测
needs: [registered_poor.household_type, registered_poor.income_per_capita, dibao, tekun, registered_poor.monitored]
basis: [{document: 关于建立防止返贫监测和帮扶机制的指导意见（国开发〔2020〕6号）}, {document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [已纳入, 名册错误]
yields_to: []
check: 入户核实收入；有返贫风险的，纳入监测。
statement: 脱贫户人均纯收入{income_per_capita}元，疑似低于监测线{monitor_line}元未纳入监测
@rule */
SELECT
    household_id,
    living_members > 0 AS "有未死亡、未迁出的成员",
    type = 'stable'    AS "稳定脱贫户，未纳入监测",
    income_known       AS "家庭人均收入已知",
    income_per_capita < monitor_line AS "人均收入低于{monitor_line}元",
    NOT all_covered    AS "不是在世成员都享受低保、特困",
    type, members, income_per_capita, poor_income_monthly, names_in_dibao
FROM household, policy
