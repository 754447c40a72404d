/* @rule
id: CT04
name: 渐退期内提前退出
question: 渐退期还没有满，是否已经退出？
category: 错退
severity: medium
attachment2: 社会保障
needs: [dibao.gradual_exit_until, tekun, dibao.previous|tekun.previous]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}, {document: 最低生活保障审核确认办法（民发〔2021〕57号），2021年7月1日起}]
innocent: [已死亡, 已迁出, 已纳入, 自愿放弃]
righted: [covered]
yields_to: []
check: 核实退出原因和渐退期；未到期的，恢复至渐退期满。
statement: 曾享受{exit_roster}（最后在册{exit_last_seen}）{left_told}，渐退期到{exit_gradual_until}才满，疑似提前退出
@rule */
-- What was seen before can be asked of who left alone.
SELECT
    person_id,
    exited         AS "近{exit_lookback_days}天内曾享受低保或特困，现都未享受",
    living         AS "未死亡、未迁出",
    NOT in_custody AS "不在服刑、在押",
    CASE WHEN exited THEN coalesce(exit_gradual_until > as_of, false) END AS "退出前登记的渐退期还没有满",
    CASE exit_kind WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困' END AS exit_roster, exit_last_seen, left_told, exit_place,
    exit_gradual_until, exit_gradual_place,
    exit_quality AS link_quality,
    coalesce(map_extract(tier_amount, exit_tier)[1], list_min(map_values(tier_amount))) AS amount_at_stake
FROM person, policy
