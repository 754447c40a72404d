/* @rule
id: JC02
name: 风险疑似消除未清退
question: 监测户的风险是否已经消除，却还没有清退？
category: 防贫监测
severity: medium
attachment2: 防贫监测
needs: [registered_poor.risk_eliminated, registered_poor.income_per_capita, disability.grade, medical_aid.serious|medical_aid.self_pay, registered_poor.monitored]
wants: [medical_aid.serious, medical_aid.self_pay, registered_poor.labour, disability.disability_type]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [名册错误]
yields_to: []
check: 核实收入是否稳定、风险是否已消除；符合条件的，按程序消除风险。
statement: 监测户人均纯收入{income_per_capita}元，未见全户无劳动力，未见重病重残，风险疑似已消除
@rule */
SELECT
    household_id,
    risk_open    AS "监测对象，风险未消除",
    income_known AS "家庭人均收入已知",
    income_per_capita >= clear_income AS "人均收入达{clear_income}元",
    any_labour   AS "不是在世成员都无劳动能力（按年龄、重残和登记）",
    NOT any_serious_or_severe AS "未见重病、重度残疾成员",
    type, members, income_per_capita, poor_income_monthly
FROM household, policy
