/* @rule
id: LB07
name: 因病刚性支出过大未获救助
question: 低收入人员自付的医疗费很高，是否没有得到医疗救助和临时救助？
category: 漏保
severity: high
attachment2: 社会保障
needs: [registered_poor, dibao, tekun, medical_aid.self_pay, medical_aid.aid_amount]
heeds: [temporary_aid.aid_date]
basis: [{document: 承高社管字〔2021〕29号 三(四), text: "因病是指医疗费支出过大，获得重特大疾病医疗救助的农村人口，因学是指农村低收入家庭中，在公办学校（全日制本科以下学校）就学刚性支出过大实际生活困难未成年人。"}, {document: 社会救助暂行办法（国务院令第649号）第二十八条}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
check: 入户核实自付费用和家庭困难；符合条件的给予医疗救助或临时救助。
statement: 个人自付医疗费{self_pay}元，疑似因病刚性支出过大，未见医疗救助，{aid_told}
@rule */
-- Without a roster of temporary aid nobody is known to have been aided: the
-- visit finds it out; staying silent would leave a sick person without anything.
SELECT
    person_id,
    living                               AS "未死亡、未迁出",
    low_income                           AS "建档立卡、监测、低保或特困人员",
    self_pay >= serious_self_pay         AS "个人自付合计达{serious_self_pay}元",
    medical_unaided                      AS "医疗救助金额合计为零或空白",
    NOT aided                            AS "本人和同户近十二个月无临时救助",
    self_pay, medical_aid_amount, disease, poor_type, dibao_amount, tekun_amount,
    CASE WHEN aid_listed THEN '近一年未见临时救助' ELSE '没有临时救助名册可比' END AS aid_told
FROM person, policy, (SELECT loaded AS aid_listed FROM roster_state WHERE kind = 'temporary_aid')
