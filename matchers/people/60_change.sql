-- What changed for covered households since the previous differing snapshot of
-- their roster: the notice (five, one) asks the towns to keep track of it. One row
-- a change. A household whose people went on under another number did not leave;
-- who went from dibao to tekun, or back, is told once, in tekun.
CREATE OR REPLACE TEMP TABLE roster_change AS
WITH dibao_now AS (
    SELECT h.*, m.people FROM dibao_household h
    JOIN (SELECT subject, sum(hash(person_id)) AS people FROM member_of_dibao_household GROUP BY subject) m ON m.subject = h.dibao_household_id
), dibao_was AS (
    SELECT h.*, r.people FROM previous_dibao_household h
    JOIN (SELECT dibao_household_id, sum(hash(person_id)) AS people FROM (SELECT DISTINCT dibao_household_id, person_id FROM previous_dibao_row) GROUP BY dibao_household_id) r USING (dibao_household_id)
), dibao_place AS (
    SELECT dibao_household_id, arg_min({'path': path, 'sheet': sheet, 'row_number': row_number}, (path, sheet, row_number)) AS place
    FROM dibao_row GROUP BY dibao_household_id
), tekun_place AS (
    SELECT person_id, arg_min({'path': path, 'sheet': sheet, 'row_number': row_number}, (path, sheet, row_number)) AS place
    FROM tekun WHERE coalesce(in_force, true) GROUP BY person_id
), both_dibao AS (
    SELECT n.*, w.tier AS was_tier, w.amount AS was_amount, w.persons_covered AS was_persons, w.income_per_capita AS was_income, w.people AS was_people, p.place
    FROM dibao_now n JOIN dibao_was w USING (dibao_household_id) JOIN dibao_place p USING (dibao_household_id)
), moved AS (
    SELECT dibao_household_id FROM both_dibao WHERE people <> was_people
), member AS (
    SELECT DISTINCT dibao_household_id, true AS gone, person_id FROM previous_dibao_row w JOIN moved USING (dibao_household_id)
    WHERE NOT EXISTS (FROM member_of_dibao_household m WHERE m.subject = w.dibao_household_id AND m.person_id = w.person_id)
    UNION ALL
    SELECT m.subject, false, m.person_id FROM member_of_dibao_household m JOIN moved ON moved.dibao_household_id = m.subject
    WHERE NOT EXISTS (FROM previous_dibao_row w WHERE w.dibao_household_id = m.subject AND w.person_id = m.person_id)
), named AS ( -- somebody may be gone from every roster: then under the last name
    SELECT person_id, min(name) AS name FROM previous_dibao_row WHERE person_id IN (SELECT person_id FROM member) GROUP BY person_id
), member_change AS (
    SELECT dibao_household_id, string_agg(name, '、' ORDER BY name) FILTER (WHERE gone) AS left_names,
        string_agg(name, '、' ORDER BY name) FILTER (WHERE NOT gone) AS new_names
    FROM (
        SELECT m.dibao_household_id, m.gone, coalesce(p.name, n.name) AS name
        FROM member m LEFT JOIN person p USING (person_id) LEFT JOIN named n USING (person_id)
    ) GROUP BY dibao_household_id
), change AS (
    SELECT '低保' AS roster, '新增' AS change, n.town, n.village, n.household_no, n.head_person_id AS person_id, NULL AS name,
        NULL AS before, concat_ws('，', n.tier || '档', n.listed || '人', n.amount || '元') AS after, p.place
    FROM dibao_now n JOIN dibao_place p USING (dibao_household_id), (SELECT count(*) AS rows FROM previous_dibao_row) b
    WHERE b.rows > 0 AND n.dibao_household_id NOT IN (SELECT dibao_household_id FROM dibao_was)
      AND NOT EXISTS (FROM previous_dibao_row w JOIN member_of_dibao_household m USING (person_id) WHERE m.subject = n.dibao_household_id)
      AND NOT EXISTS (FROM previous_tekun w JOIN member_of_dibao_household m USING (person_id)
                      WHERE m.subject = n.dibao_household_id AND w.person_id NOT IN (SELECT person_id FROM of_tekun))
    UNION ALL -- part of a household that stands went on by itself
    SELECT '低保', '分户', n.town, n.village, n.household_no, n.head_person_id, NULL,
        string_agg(DISTINCT '原户号' || coalesce(w.household_no, '空白'), '、' ORDER BY '原户号' || coalesce(w.household_no, '空白')), n.listed || '人', any_value(p.place)
    FROM dibao_now n JOIN dibao_place p USING (dibao_household_id)
    JOIN member_of_dibao_household m ON m.subject = n.dibao_household_id
    JOIN previous_dibao_row w ON w.person_id = m.person_id AND w.dibao_household_id IN (SELECT dibao_household_id FROM dibao_now)
    WHERE n.dibao_household_id NOT IN (SELECT dibao_household_id FROM dibao_was)
    GROUP BY n.dibao_household_id, n.town, n.village, n.household_no, n.head_person_id, n.listed
    UNION ALL
    SELECT '低保', CASE WHEN a.numbers IS NULL THEN '退出' ELSE '户号变更' END, w.town, w.village, w.household_no, w.head_person_id, w.head_name,
        concat_ws('，', w.tier || '档', w.listed || '人', w.amount || '元'), '现户号' || a.numbers, w.place
    FROM dibao_was w LEFT JOIN (
        SELECT r.dibao_household_id, string_agg(DISTINCT coalesce(n.household_no, '空白'), '、' ORDER BY coalesce(n.household_no, '空白')) AS numbers
        FROM previous_dibao_row r JOIN member_of_dibao_household m USING (person_id) JOIN dibao_household n ON n.dibao_household_id = m.subject
        GROUP BY r.dibao_household_id
    ) a USING (dibao_household_id)
    WHERE w.dibao_household_id NOT IN (SELECT dibao_household_id FROM dibao_now)
      AND NOT EXISTS (FROM previous_dibao_row r JOIN of_tekun t USING (person_id) WHERE r.dibao_household_id = w.dibao_household_id)
    UNION ALL
    SELECT '低保', '档次', town, village, household_no, head_person_id, NULL, coalesce(was_tier, '空白'), coalesce(tier, '空白'), place
    FROM both_dibao WHERE tier IS DISTINCT FROM was_tier
    UNION ALL
    SELECT '低保', '月保障金', town, village, household_no, head_person_id, NULL, coalesce(was_amount::VARCHAR, '空白'), coalesce(amount::VARCHAR, '空白'), place
    FROM both_dibao WHERE amount IS DISTINCT FROM was_amount
    UNION ALL
    SELECT '低保', '享受人数', town, village, household_no, head_person_id, NULL, coalesce(was_persons::VARCHAR, '空白'), coalesce(persons_covered::VARCHAR, '空白'), place
    FROM both_dibao WHERE persons_covered IS DISTINCT FROM was_persons
    UNION ALL
    SELECT '低保', '家庭人均收入', town, village, household_no, head_person_id, NULL, coalesce(was_income::VARCHAR, '空白'), coalesce(income_per_capita::VARCHAR, '空白'), place
    FROM both_dibao WHERE income_per_capita IS DISTINCT FROM was_income
    UNION ALL
    SELECT '低保', '成员', town, village, household_no, head_person_id, NULL, '减：' || left_names, '增：' || new_names, place
    FROM both_dibao JOIN member_change USING (dibao_household_id)
    UNION ALL
    SELECT '特困', CASE WHEN d.person_id IS NULL THEN '新增' ELSE '低保转特困' END, p.town, p.village, p.household_no, n.person_id, NULL, NULL, n.tekun_amount || '元', l.place
    FROM of_tekun n JOIN person p USING (person_id) JOIN tekun_place l USING (person_id)
    LEFT JOIN (SELECT DISTINCT person_id FROM previous_dibao_row WHERE person_id NOT IN (SELECT person_id FROM of_dibao)) d USING (person_id)
    WHERE n.person_id NOT IN (SELECT person_id FROM previous_tekun) AND (d.person_id IS NOT NULL OR (SELECT count(*) FROM previous_tekun) > 0)
    UNION ALL
    SELECT '特困', CASE WHEN w.person_id IN (SELECT person_id FROM of_dibao) THEN '特困转低保' ELSE '退出' END, w.town, w.village, NULL, w.person_id, w.name, w.amount || '元', NULL, w.place
    FROM previous_tekun w WHERE w.person_id NOT IN (SELECT person_id FROM of_tekun)
    UNION ALL
    SELECT '特困', c.change, p.town, p.village, p.household_no, n.person_id, NULL, c.before, c.after, l.place
    FROM of_tekun n JOIN previous_tekun w USING (person_id) JOIN person p USING (person_id) JOIN tekun_place l USING (person_id),
        LATERAL (VALUES ('月供养金', coalesce(w.amount::VARCHAR, '空白'), coalesce(n.tekun_amount::VARCHAR, '空白')),
            ('照料护理费', coalesce(w.care_amount::VARCHAR, '空白'), coalesce(n.care_amount::VARCHAR, '空白')),
            ('自理能力', coalesce(care_word(w.self_care), '空白'), coalesce(care_word(n.self_care), '空白'))) c(change, before, after)
    WHERE c.before <> c.after
)
SELECT c.roster, c.change, l.previous_day, l.changed_on, c.town, c.village, c.household_no, c.person_id, p.id_number, coalesce(p.name, c.name) AS name,
    c.before, c.after,
    -- what is known of why
    CASE WHEN c.change = '退出' THEN concat_ws('，', CASE WHEN p.dead THEN '核对信息已死亡' END, CASE WHEN p.moved_out THEN '核对信息已迁出' END, CASE WHEN p.in_custody THEN '核对信息在服刑' END, r.reason) END AS note,
    c.place.path, c.place.sheet, c.place.row_number
FROM change c
JOIN last_change l ON l.kind = CASE c.roster WHEN '低保' THEN 'dibao' ELSE 'tekun' END
LEFT JOIN person p USING (person_id)
LEFT JOIN dibao_listed_out r ON r.person_id = CASE c.roster WHEN '低保' THEN c.person_id END;
