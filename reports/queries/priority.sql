-- How many of each priority group a town is to visit, and how many of them have a doubt.
WITH listed AS (
    SELECT 1 AS position, '(一) 未纳入保障的建档立卡及监测户' AS label, '重点一未纳入保障户' AS view, town, household_id AS household, NULL AS person_id, members AS persons FROM priority_uncovered
    UNION ALL SELECT 2, '(二) 低保、特困、临时救助、边缘户和监测对象', '重点二享受保障和监测对象', g.town, coalesce(p.household_id, p.dibao_household_id, g.person_id), g.person_id, 1
    FROM priority_covered g JOIN person p USING (person_id)
    UNION ALL SELECT 3, '(三) 低收入重度残疾人', '重点三重度残疾人', g.town, coalesce(p.household_id, p.dibao_household_id, g.person_id), g.person_id, 1
    FROM priority_disabled g JOIN person p USING (person_id)
    UNION ALL SELECT 4, '(四) 因病刚性支出过大', '重点四因病因学支出过大', g.town, coalesce(p.household_id, p.dibao_household_id, g.person_id), g.person_id, 1
    FROM priority_spending g JOIN person p USING (person_id) WHERE by_illness
    UNION ALL SELECT 5, '(四) 因学刚性支出过大', '重点四因病因学支出过大', g.town, coalesce(p.household_id, p.dibao_household_id, g.person_id), g.person_id, 1
    FROM priority_spending g JOIN person p USING (person_id) WHERE by_schooling
), doubtful AS (
    SELECT household_id AS key FROM report_finding WHERE household_id IS NOT NULL UNION SELECT person_id FROM report_finding WHERE person_id IS NOT NULL
)
SELECT row_number() OVER (ORDER BY l.position, t.position, t.town) AS n, l.label, t.town,
    count(DISTINCT l.household) AS households, sum(l.persons)::BIGINT AS persons,
    count(DISTINCT l.household) FILTER (WHERE l.household IN (FROM doubtful) OR l.person_id IN (FROM doubtful)) AS doubted,
    any_value(l.view) AS view
FROM listed l JOIN report_town t ON t.town = coalesce(nullif(l.town, ''), '镇别不明')
WHERE ? = '' OR t.town = ?
GROUP BY l.position, l.label, t.position, t.town
ORDER BY n
