/* @rule
id: CT07
name: 残疾人补贴停发但仍符合
question: 上期领着残疾人补贴、现在仍符合条件的人，本期是否停发了？
category: 错退
severity: high
attachment2: 社会保障
needs: [disability.living_subsidy|disability.nursing_subsidy, disability.disability_type, disability.grade, dibao, tekun, disability.previous]
basis: [{document: 承高社管字〔2021〕29号 三(三), text: "重残护理补贴困难残疾人生活补贴是否发放到位"}, {document: 冀政字〔2015〕74号}]
innocent: [已死亡, 已迁出, 自愿放弃, 名册错误]
yields_to: []
passing: true
goes_on: [BT01, BT02]
check: 核实停发原因；仍符合条件的，恢复补贴。
statement: 上期领取{stopped}，本期未领取而仍符合条件，疑似错停
@rule */
-- Whether the conditions still hold can be asked of what was stopped alone.
SELECT
    person_id,
    living       AS "未死亡、未迁出",
    NOT in_tekun AS "未享受特困供养",
    living_stopped OR nursing_stopped AS "上一期名册享受生活补贴或护理补贴，本期为否或空白",
    CASE WHEN living_stopped OR nursing_stopped THEN
        living_stopped AND disabled AND in_dibao AND NOT recent OR nursing_stopped AND nursing_eligible END
        AS "停发的补贴仍符合条件（见BT01、BT02）",
    concat_ws('、', CASE WHEN living_stopped AND disabled AND in_dibao AND NOT recent THEN '困难残疾人生活补贴' END,
        CASE WHEN nursing_stopped AND nursing_eligible THEN '重度残疾人护理补贴' END) AS stopped, previous_day::DATE AS previous_day, paid_places,
    paid_quality AS link_quality,
    disability_type, disability_grade, person.living_subsidy AS living_answer, person.nursing_subsidy AS nursing_answer, dibao_start,
    CASE WHEN living_stopped AND disabled AND in_dibao AND NOT recent THEN policy.living_subsidy ELSE 0 END
        + CASE WHEN nursing_stopped AND nursing_eligible THEN policy.nursing_subsidy ELSE 0 END AS amount_at_stake
FROM person, policy, (SELECT previous_day FROM last_change WHERE kind = 'disability')
