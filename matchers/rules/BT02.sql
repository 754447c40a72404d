/* @rule
id: BT02
name: 困难残疾人生活补贴未落实
question: 低保家庭的残疾人，是否没有领到困难残疾人生活补贴？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [disability.living_subsidy, dibao, tekun]
heeds: [dibao.start_month]
basis: [{document: 承高社管字〔2021〕29号 三(三), text: "重残护理补贴困难残疾人生活补贴是否发放到位"}, {document: 冀政字〔2015〕74号}]
innocent: [已纳入, 自愿放弃, 名册错误]
yields_to: []
check: 核实残疾证和低保身份；符合条件的，协助申请生活补贴。
statement: 低保家庭残疾人，生活补贴登记为“{living_answer}”，疑似未落实
@rule */
SELECT
    person_id,
    living       AS "未死亡、未迁出",
    disabled     AS "持有效残疾证",
    in_dibao     AS "享受低保",
    NOT in_tekun AS "未享受特困供养",
    NOT recent   AS "不是近{pay_lag_months}个月新纳入",
    person.living_subsidy IN ('否', '空白') AS "生活补贴为否或空白",
    disability_type, disability_grade, person.living_subsidy AS living_answer, -- the policy has the bare name
    dibao_start,
    policy.living_subsidy AS amount_at_stake
FROM person, policy
