/* @rule
id: LB04
name: 建档立卡户疑似漏人
question: 同一户里有人享受低保，是否漏算了本该一起计入的家庭成员？
category: 漏保
severity: medium
attachment2: 社会保障
needs: [registered_poor, dibao, tekun]
heeds: [dibao.single_household, dibao.persons_covered, school]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}, {document: 最低生活保障审核确认办法（民发〔2021〕57号）第二章}]
innocent: [已纳入, 名册错误]
yields_to: [LB01, LB02]
check: 核实该成员是否与低保对象共同生活；应计入保障人口的，办理增员。
statement: 同户{names_in_dibao}享受低保，本人未计入，需核实是否漏人
@rule */
-- Of somebody in two households either may be the one that shares dibao.
SELECT
    person_id,
    poor                   AS "在建档立卡或监测户中",
    living                 AS "未死亡、未迁出",
    CASE WHEN poor THEN coalesce(shares_dibao, false) END AS "同户有人享受低保，且不是单人户施保",
    NOT covered            AS "本人未享受低保、特困",
    NOT possibly_covered   AS "不在只列户主的低保户中",
    NOT (enrolled AND graduate) AS "不是在读研究生",
    NOT in_custody         AS "不在服刑、在押",
    relation, names_in_dibao, dibao_places, link_quality,
    list_min(map_values(tier_amount)) AS amount_at_stake
FROM person
LEFT JOIN (
    SELECT m.person_id, true AS shares_dibao, min(d.link_quality) AS link_quality, string_agg(names_in_dibao, '、' ORDER BY household_id) AS names_in_dibao, flatten(list(dibao_places ORDER BY household_id)) AS dibao_places
    FROM member_of_household m JOIN household h ON h.household_id = m.subject
    JOIN ( -- of several one that is sure is enough; in the order of the alphabet they get worse
        SELECT o.subject, min(r.id_quality) AS link_quality
        FROM member_of_household o JOIN dibao_row r USING (person_id) GROUP BY o.subject
    ) d ON d.subject = m.subject
    WHERE h.shares_dibao GROUP BY m.person_id
) USING (person_id), policy
