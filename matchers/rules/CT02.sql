/* @rule
id: CT02
name: 退出后为重残重病且无保障
question: 近期退出低保、特困的人，是否是重度残疾或重病，现在没有任何保障？
category: 错退
severity: high
attachment2: 社会保障
needs: [dibao, tekun, disability.grade|medical_aid.serious|medical_aid.self_pay, dibao.previous|tekun.previous]
wants: [disability.grade, disability.disability_type, medical_aid.serious, medical_aid.self_pay]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}]
innocent: [已死亡, 已迁出, 已纳入, 自愿放弃]
righted: [covered]
yields_to: [CT01]
check: 核实退出原因、残疾或病情；仍符合条件的，恢复保障。
statement: 曾享受{exit_roster}（最后在册{exit_last_seen}）{left_told}，本人{ground}，疑似错退
@rule */
SELECT
    person_id,
    exited         AS "近{exit_lookback_days}天内曾享受低保或特困，现都未享受",
    living         AS "未死亡、未迁出",
    NOT in_custody AS "不在服刑、在押",
    severe OR serious AS "重度残疾或重病",
    CASE exit_kind WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困' END AS exit_roster, exit_last_seen, left_told, exit_place,
    concat_ws('、', CASE WHEN severe THEN '重度残疾' END, CASE WHEN serious THEN '重病' END) AS ground,
    disability_type, disability_grade, serious_told, self_pay, disease,
    exit_quality AS link_quality,
    coalesce(map_extract(tier_amount, exit_tier)[1], list_min(map_values(tier_amount))) AS amount_at_stake
FROM person
LEFT JOIN (SELECT person_id, min(serious) AS serious_told FROM medical_aid WHERE serious = '是' GROUP BY person_id) USING (person_id), policy
