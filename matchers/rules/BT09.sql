/* @rule
id: BT09
name: 特困照料护理费未落实
question: 生活不能完全自理的特困人员，是否没有照料护理费？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [tekun.self_care, tekun.care_amount]
basis: [{document: 承高社管字〔2021〕29号 附件2 社会保障, text: "对失能特困老人、孤儿、残疾人是否做到应保尽保、应兜尽兜。"}, {document: 国务院关于进一步健全特困人员救助供养制度的意见（国发〔2016〕14号）}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
check: 核实自理能力评估和护理费发放；集中供养的，核实是否由机构拨付。
statement: 自理能力登记为{self_care_word}，照料护理费为零或空白，疑似未落实
@rule */
SELECT
    person_id,
    living                           AS "未死亡、未迁出",
    in_tekun                         AS "享受特困供养",
    self_care IN ('partial', 'none') AS "自理能力为半护理或全护理",
    care_unpaid                      AS "照料护理费为零或空白",
    care_word(self_care) AS self_care_word,
    care_amount, support_mode, tekun_amount
FROM person
