/* @rule
id: CT01
name: 退出后仍为风险未消除监测对象
question: 近期退出低保、特困的人，所在监测户的风险是否还没有消除？
category: 错退
severity: high
attachment2: 社会保障
needs: [dibao, tekun, registered_poor.risk_eliminated, dibao.previous|tekun.previous, registered_poor.monitored]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}]
innocent: [已死亡, 已迁出, 已纳入, 自愿放弃]
righted: [covered]
yields_to: []
check: 核实退出原因和程序；仍符合条件的，恢复保障。
statement: 曾享受{exit_roster}（最后在册{exit_last_seen}）{left_told}，所在户风险未消除，疑似错退
@rule */
SELECT
    person_id,
    exited         AS "近{exit_lookback_days}天内曾享受低保或特困，现都未享受",
    living         AS "未死亡、未迁出",
    NOT in_custody AS "不在服刑、在押",
    risk_open      AS "所在户为监测对象，风险未消除",
    CASE exit_kind WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困' END AS exit_roster, exit_last_seen, left_told, exit_place,
    poor_type,
    exit_quality AS link_quality,
    coalesce(map_extract(tier_amount, exit_tier)[1], list_min(map_values(tier_amount))) AS amount_at_stake
FROM person, policy
