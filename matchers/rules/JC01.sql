/* @rule
id: JC01
name: 大额医疗支出未纳入监测
question: 自付医疗费很高的低保、特困人员和脱贫户成员，是否没有纳入监测？
category: 防贫监测
severity: high
attachment2: 防贫监测
needs: [registered_poor, dibao, tekun, medical_aid.self_pay, registered_poor.monitored]
basis: [{document: 关于健全防止返贫动态监测和帮扶机制的指导意见（中农组发〔2021〕7号）}, {document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [已纳入, 名册错误]
yields_to: []
check: 入户核实支出和家庭收入；有返贫致贫风险的，纳入监测。
statement: 个人自付{self_pay}元，不在监测户中，疑似存在风险未纳入监测
@rule */
SELECT
    person_id,
    living AS "未死亡、未迁出",
    covered OR poor AND poor_type = 'stable' AS "享受低保、特困，或为稳定脱贫户成员",
    self_pay >= monitor_self_pay AS "个人自付合计达{monitor_self_pay}元",
    NOT monitored AS "不在监测户中",
    self_pay, disease, poor_type, dibao_amount, tekun_amount
FROM person, policy
