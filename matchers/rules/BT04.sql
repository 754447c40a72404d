/* @rule
id: BT04
name: 基本医疗保险未参保
question: 低收入人员是否没有参加基本医疗保险？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [registered_poor, medical_aid.insured]
wants: [dibao, tekun, registered_poor.medical_insured]
basis: [{document: 社会救助暂行办法（国务院令第649号）第二十八条}]
innocent: [已纳入, 名册错误, 自愿放弃]
yields_to: []
check: 核实是否在外地或以职工身份参保；确未参保的，动员参保并落实资助。
statement: 疑似未参加基本医疗保险（医保名册：{insured}；扶贫名册：{medical_insured}）
@rule */
SELECT
    person_id,
    living     AS "未死亡、未迁出",
    low_income AS "建档立卡、监测、低保或特困人员",
    coalesce(in_medical_aid AND insured IN ('否', '空白'), false)
        OR coalesce(medical_insured IN ('否', '空白') AND insured IS DISTINCT FROM '是', false)
        AS "医保名册登记未参保，或扶贫名册登记未参保而医保名册无参保记录",
    insured, medical_insured
FROM person
