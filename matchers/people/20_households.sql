CREATE OR REPLACE TEMP TABLE member_of_dibao_household AS
SELECT DISTINCT dibao_household_id AS subject, person_id FROM dibao_row;

-- Poor households. A fact of the household stands in the head's row, or in
-- whichever has it; rosters often fill it in for the head alone.
CREATE OR REPLACE TEMP TABLE poor_household AS
-- A head who is struck off takes it along otherwise: such rows tell what no other row does.
SELECT household_id, any_value(household_no) AS household_no, any_value(town) AS town, min(village) FILTER (WHERE stands) AS village,
    arg_min(person_id, place) FILTER (WHERE stands) AS head_person_id,
    arg_min(type, telling) AS type,
    any_value(home_monitored) AS monitored,
    -- By the row that tells the type, whatever its file is called: who stands in the main list
    -- and, as monitored, in one of its own has it in the latter. A blank cell counts as no,
    -- one that nobody could read is unknown.
    arg_min({'answer': CASE WHEN NOT risk_unread THEN coalesce(risk_eliminated, false) END}, telling).answer AS risk_eliminated,
    arg_min(income_per_capita, (NOT stands, place)) AS income_per_capita,
    -- the rows that tell these two, for evidence
    arg_min({'path': path, 'sheet': sheet, 'row': row_number}, telling) FILTER (WHERE type IS NOT NULL) AS type_place,
    arg_min({'path': path, 'sheet': sheet, 'row': row_number}, (NOT stands, place)) FILTER (WHERE income_per_capita IS NOT NULL) AS income_place,
    coalesce(arg_min(income_monthly, (NOT stands, place)) FILTER (WHERE income_per_capita IS NOT NULL), false) AS monthly,
    arg_min(house_safe, (NOT stands, place)) FILTER (WHERE house_safe IN ('是', '否')) AS house_safe,
    arg_min(water_safe, (NOT stands, place)) FILTER (WHERE water_safe IN ('是', '否')) AS water_safe
FROM (
    SELECT r.*, home_monitored, coalesce(in_force, true) AS stands,
        is_unread('registered_poor', 'risk_eliminated', town, path, sheet, row_number) AS risk_unread,
        (CASE WHEN kinship(relation) = '户主' THEN 0 ELSE 1 END, path, sheet, row_number, row_id) AS place,
        (type IS NULL, NOT stands, CASE WHEN is_monitored(type) THEN 0 WHEN type = 'general' THEN 2 ELSE 1 END, place) AS telling
    FROM (SELECT *, coalesce(town, '') || '|' || coalesce(household_no, person_id) AS household_id FROM registered_poor) r
    JOIN (SELECT DISTINCT household_id, home_monitored FROM poor_row) USING (household_id)
) GROUP BY household_id;

CREATE OR REPLACE TEMP TABLE member_of_household AS
SELECT DISTINCT household_id AS subject, person_id FROM poor_row;

-- Who stands in two households is of the one at risk, then of the monitored one, also where
-- its head's row alone tells that.
CREATE OR REPLACE TEMP TABLE of_registered_poor AS
SELECT p.* REPLACE (coalesce(p.labour, r.labour) AS labour, r.dibao_flag AS dibao_flag, r.tekun_flag AS tekun_flag)
FROM poor_row p JOIN of_registered_row r USING (person_id) JOIN poor_household h USING (household_id)
QUALIFY row_number() OVER (PARTITION BY person_id
    ORDER BY coalesce(monitored AND NOT h.risk_eliminated, false) DESC, monitored DESC, p.path, p.sheet, p.row_number, p.row_id) = 1;

-- Heads-only rosters: a dibao household declares more persons than the roster
-- lists, or nobody can read how many, so others of the same poor household may be covered
-- under its head.
CREATE OR REPLACE TEMP TABLE heads_only_certificate AS
WITH listed AS ( -- also as struck off, but for the dead and who moved away: they are none of those declared
    SELECT coalesce(town, '') || '|' || coalesce(household_no, person_id) AS dibao_household_id, count(DISTINCT person_id) AS persons
    FROM dibao
    WHERE coalesce(in_force, true) OR NOT (coalesce(regexp_matches(coalesce(exit_reason, status), '[死亡故逝迁]|[去过离]世'), false)
        OR person_id IN (SELECT person_id FROM of_verification WHERE dead OR moved_out))
    GROUP BY ALL
)
SELECT DISTINCT m.subject AS household_id, d.subject AS dibao_household_id
FROM member_of_household m
JOIN member_of_dibao_household d USING (person_id)
JOIN dibao_household h ON h.dibao_household_id = d.subject
JOIN listed l ON l.dibao_household_id = d.subject
WHERE coalesce(h.persons_covered > l.persons, h.covered_unread);

-- Whom such a household's own certificate lists as struck off is not covered by it. Of
-- somebody in two poor households one is enough.
CREATE OR REPLACE TEMP TABLE under_a_head AS
WITH struck_off AS (
    SELECT c.household_id, r.person_id, count(DISTINCT c.dibao_household_id) AS certificates
    FROM heads_only_certificate c
    JOIN dibao r ON coalesce(r.town, '') || '|' || coalesce(r.household_no, r.person_id) = c.dibao_household_id
    WHERE NOT coalesce(r.in_force, true) GROUP BY c.household_id, r.person_id
)
SELECT DISTINCT m.person_id
FROM (SELECT household_id, count(*) AS certificates FROM heads_only_certificate GROUP BY household_id) h
JOIN member_of_household m ON m.subject = h.household_id
LEFT JOIN struck_off s ON s.household_id = h.household_id AND s.person_id = m.person_id
WHERE h.certificates > coalesce(s.certificates, 0);

-- Urban: a member's dibao household is. Its standard is the higher one.
CREATE OR REPLACE TEMP TABLE urban AS
SELECT DISTINCT m.subject AS household_id
FROM member_of_household m JOIN member_of_dibao_household d USING (person_id)
WHERE d.subject IN (SELECT dibao_household_id FROM dibao_row WHERE category = '城市');

-- Temporary aid of anybody in one's poor household, or households.
CREATE OR REPLACE TEMP TABLE household_aid AS
WITH aided AS (
    SELECT m.subject, bool_or(aid_date IS NOT NULL) AS dated
    FROM member_of_household m JOIN of_temporary_aid USING (person_id) GROUP BY m.subject
)
SELECT person_id, bool_or(dated) AS dated FROM member_of_household JOIN aided USING (subject) GROUP BY person_id;
