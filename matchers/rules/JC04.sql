/* @rule
id: JC04
name: 两册家庭成员不一致
question: 扶贫、低保两册的家庭成员，是否对不上？
category: 防贫监测
severity: low
attachment2: 防贫监测
needs: [registered_poor, dibao]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [名册错误]
yields_to: []
check: 核实家庭成员，统一两册的户籍和共同生活成员。
statement: 同一低保户的{others}在扶贫名册中另属他户，疑似两册家庭成员不一致
@rule */
-- Whether such a household lists others can be asked where there is one.
SELECT
    household_id,
    any_in_dibao AS "有成员享受低保",
    CASE WHEN any_in_dibao THEN others IS NOT NULL END AS "同一低保户列有在扶贫名册中另属他户的人",
    others, others_places, names_in_dibao, dibao_places, link_quality
FROM household
LEFT JOIN (
    SELECT m.subject AS household_id,
        -- Who stands in none of the town's own rosters is not named to the town.
        concat_ws('、', string_agg(DISTINCT r.name, '、' ORDER BY r.name) FILTER (WHERE h.town IS NOT DISTINCT FROM r.town OR h.town IS NOT DISTINCT FROM b.town),
            '他镇' || nullif(count(DISTINCT r.person_id) FILTER (WHERE h.town IS DISTINCT FROM r.town AND h.town IS DISTINCT FROM b.town), 0) || '人') AS others,
        list(DISTINCT row_at('registered_poor', r.path, r.sheet, r.row_number, NULL) ORDER BY row_at('registered_poor', r.path, r.sheet, r.row_number, NULL)) AS others_places,
        min(greatest(r.id_quality, o.id_quality)) AS link_quality -- of several one that is sure is enough; in the order of the alphabet they get worse
    FROM member_of_household m
    JOIN member_of_dibao_household d USING (person_id)
    JOIN member_of_dibao_household listed ON listed.subject = d.subject
    JOIN dibao_row o ON o.person_id = listed.person_id AND o.dibao_household_id = listed.subject
    -- a row without a number may be of this household
    JOIN registered_row r ON r.person_id = listed.person_id AND r.household_id <> m.subject AND r.household_no IS NOT NULL
    JOIN household h ON h.household_id = m.subject AND h.household_no IS NOT NULL
    JOIN dibao_household b ON b.dibao_household_id = d.subject
    GROUP BY m.subject
) USING (household_id)
