/* @rule
id: BT12
name: 特困基本生活标准偏低
question: 特困供养金是否低于规定的标准？
category: 补贴未落实
severity: medium
attachment2: 社会保障
needs: [tekun.amount]
basis: [{document: 国务院关于进一步健全特困人员救助供养制度的意见（国发〔2016〕14号）}]
innocent: [名册错误, 正在办理]
yields_to: []
check: 核对发放标准；低于标准的，按规定补足。名册若按季度、半年填报，请改正。
statement: 月供养金{tekun_amount}元，疑似低于低保标准的{tekun_ratio}倍（每月{due}元）
@rule */
SELECT
    person_id,
    living           AS "未死亡、未迁出",
    in_tekun         AS "享受特困供养",
    tekun_amount > 0 AS "月供养金已知且不为零",
    tekun_amount * 12 < tekun_ratio * dibao_standard AS "低于低保标准{dibao_standard}元的{tekun_ratio}倍", -- a year, so that nothing is rounded
    tekun_amount, support_mode,
    round(tekun_ratio * dibao_standard / 12, 2)::DECIMAL(14,2) AS due,
    round(tekun_ratio * dibao_standard / 12 - tekun_amount, 2)::DECIMAL(14,2) AS amount_at_stake
FROM person, policy
