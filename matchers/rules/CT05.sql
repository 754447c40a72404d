/* @rule
id: CT05
name: 家庭成员单独减员
question: 原来同一低保户的人还在保，是否只把这一个人减掉了？
category: 错退
severity: medium
attachment2: 社会保障
needs: [dibao, tekun, dibao.previous]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "对已纳入保障范围的贫困家庭及时了解家庭经济状况变化情况,如发生变化及时作出档位或人员增减调整"}]
innocent: [已死亡, 已迁出, 已纳入, 名册错误]
righted: [covered]
yields_to: [CT01, CT02, CT03, CT04]
check: 核实减员原因；仍共同生活的，恢复保障。
statement: 原低保户的{others_still_in_dibao}仍享受低保，本人（最后在册{exit_last_seen}）{left_told}，疑似错退
@rule */
-- Who was left behind can be asked of who left alone.
SELECT
    person_id,
    exited         AS "近{exit_lookback_days}天内曾享受低保或特困，现都未享受",
    living         AS "未死亡、未迁出",
    NOT in_custody AS "不在服刑、在押",
    CASE WHEN exited THEN others_in_dibao END AS "从低保户退出，最后同在这一户的人现在仍有人享受低保",
    CASE exit_kind WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困' END AS exit_roster, exit_last_seen, left_told, exit_place,
    others_still_in_dibao, others_places,
    greatest(exit_quality, others_quality) AS link_quality, -- in the order of the alphabet they get worse
    coalesce(map_extract(tier_amount, exit_tier)[1], list_min(map_values(tier_amount))) AS amount_at_stake
FROM person, policy
