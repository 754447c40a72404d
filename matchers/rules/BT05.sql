/* @rule
id: BT05
name: 参保资助未落实
question: 已参保的低保、特困人员，是否没有得到参保资助？
category: 补贴未落实
severity: medium
attachment2: 社会保障
needs: [dibao, tekun, medical_aid.insured, medical_aid.premium_subsidy]
heeds: [dibao.start_month, tekun.start_month]
basis: [{document: 社会救助暂行办法（国务院令第649号）第二十九条}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
check: 核实是否已资助参保或退费，是否以职工身份参保；应资助未资助的，按规定补办。
statement: 疑似参保资助未落实：已参保，参保资助登记为“{premium_subsidy}”
@rule */
SELECT
    person_id,
    living                            AS "未死亡、未迁出",
    covered                           AS "享受低保或特困",
    NOT recent                        AS "不是近{pay_lag_months}个月新纳入",
    insured = '是'                    AS "医保名册登记已参保",
    premium_subsidy IN ('否', '空白')  AS "各条记录的参保资助都为否、零或空白",
    insured, premium_subsidy, dibao_start, tekun_start
FROM person, policy
