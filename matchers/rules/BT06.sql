/* @rule
id: BT06
name: 低保特困医疗救助未落实
question: 低保、特困人员自付医疗费过了起付线，是否没有得到医疗救助？
category: 补贴未落实
severity: medium
attachment2: 社会保障
needs: [dibao, tekun, medical_aid.self_pay, medical_aid.aid_amount]
basis: [{document: 社会救助暂行办法（国务院令第649号）第二十八条}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: [LB07]
check: 核实自付费用是否在救助范围、是否已经结算；符合条件的，补办医疗救助。
statement: 个人自付医疗费{self_pay}元，未见医疗救助，疑似未落实
@rule */
SELECT
    person_id,
    living                              AS "未死亡、未迁出",
    covered                             AS "享受低保或特困",
    self_pay >= aid_floor               AS "个人自付合计达{aid_floor}元",
    medical_unaided AS "医疗救助金额合计为零或空白",
    self_pay, medical_aid_amount, disease, dibao_amount, tekun_amount
FROM person, policy
