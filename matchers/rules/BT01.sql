/* @rule
id: BT01
name: 重度残疾人护理补贴未落实
question: 符合条件的重度残疾人，是否没有领到护理补贴？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [disability.nursing_subsidy, disability.disability_type, disability.grade, tekun]
basis: [{document: 承高社管字〔2021〕29号 三(三), text: "重残护理补贴困难残疾人生活补贴是否发放到位"}, {document: 冀政字〔2015〕74号}]
innocent: [已纳入, 自愿放弃, 名册错误]
yields_to: []
check: 核实残疾证和本人意愿；符合条件的，协助申请护理补贴。
statement: "{disability_type}残疾{disability_grade}级，护理补贴登记为“{nursing_answer}”，疑似未落实"
@rule */
SELECT
    person_id,
    living           AS "未死亡、未迁出",
    nursing_eligible AS "残疾类别、等级在护理补贴范围内",
    NOT in_tekun     AS "未享受特困供养",
    person.nursing_subsidy IN ('否', '空白') AS "护理补贴为否或空白",
    disability_type, disability_grade, person.nursing_subsidy AS nursing_answer, -- the policy has the bare name
    policy.nursing_subsidy AS amount_at_stake
FROM person, policy
