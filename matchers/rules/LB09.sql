/* @rule
id: LB09
name: 无成年人家庭未成年人未保障
question: 家里没有成年人的孩子，是否没有任何保障？
category: 漏保
severity: high
attachment2: 社会保障
needs: [registered_poor, dibao, tekun]
basis: [{document: 承高社管字〔2021〕29号 附件2 社会保障, text: "对失能特困老人、孤儿、残疾人是否做到应保尽保、应兜尽兜。"}]
innocent: [已纳入, 名册错误]
yields_to: []
check: 入户核实监护人和生活来源；符合条件的按孤儿、事实无人抚养儿童或特困保障。
statement: "{age}岁，同户无在世成年人（同户在册：{members_told}），疑似未成年人无保障"
@rule */
-- The other members' rows are a fact of their own: a finding about a person cites that
-- person's own rows alone, and here the others decide.
WITH childhood AS (
    SELECT subject AS household_id, person_id FROM member_of_household WHERE subject IN (SELECT household_id FROM household WHERE NOT any_adult)
), told AS (
    SELECT childhood.household_id, string_agg(name || '（' || age || '岁' || CASE WHEN dead THEN '，已死亡' WHEN moved_out THEN '，已迁出' ELSE '' END || '）',
        '、' ORDER BY birth_date, name) AS members_told
    FROM person JOIN childhood USING (person_id) GROUP BY childhood.household_id
), stands AS (
    SELECT household_id, list(row_at(kind, path, sheet, row_number, NULL) ORDER BY path, sheet, row_number) AS member_places
    FROM (
        SELECT 'registered_poor' AS kind, person_id, path, sheet, row_number FROM registered_poor
        UNION ALL SELECT 'verification', person_id, path, sheet, row_number FROM verification WHERE item IN ('death', 'moved')
    ) JOIN childhood USING (person_id) GROUP BY household_id
)
SELECT
    person_id,
    poor                       AS "在建档立卡或监测户中",
    living                     AS "未死亡、未迁出",
    age < 18 AND NOT any_adult AS "不满18周岁，同户无满18周岁的在世成员",
    NOT covered                AS "未享受低保、特困",
    age, relation, poor_type, living_members, members_told, member_places,
    list_min(map_values(tier_amount)) AS amount_at_stake
FROM person
LEFT JOIN (SELECT household_id, living_members FROM household) h USING (household_id)
-- a child may stand in two households: with an adult in one of them it is not alone, nor
-- is it known to be where the other's number is blank and nobody knows who else is in it
LEFT JOIN (
    SELECT m.person_id, CASE WHEN bool_or(any_adult) THEN true WHEN bool_or(any_adult IS NULL) THEN NULL ELSE false END AS any_adult
    FROM member_of_household m JOIN household h ON h.household_id = m.subject GROUP BY m.person_id
) a USING (person_id)
LEFT JOIN told USING (household_id) LEFT JOIN stands USING (household_id), policy
