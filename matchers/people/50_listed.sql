-- A household as one roster lists it, or listed it before: what rules look at that
-- speak of several rosters' households, or of those that are gone. A person in tekun
-- is one alone.
CREATE OR REPLACE TEMP TABLE listed_household AS
SELECT 'registered_poor|' || household_id AS listed_household_id, 'registered_poor' AS roster, household_id, town, village, household_no, head_person_id, NULL AS head_name FROM poor_household
UNION ALL
SELECT 'dibao|' || dibao_household_id, 'dibao', dibao_household_id, town, village, household_no, head_person_id, NULL FROM dibao_household
UNION ALL
SELECT 'tekun|' || t.person_id, 'tekun', t.person_id, p.town, p.village, p.household_no, t.person_id, NULL FROM of_tekun t JOIN person p USING (person_id)
UNION ALL
SELECT 'former registered_poor|' || former_household_id, 'former registered_poor', former_household_id, town, village, household_no, head_person_id, head_name FROM former_household
UNION ALL
SELECT 'former dibao|' || from_household_id, 'former dibao', from_household_id, town, village, household_no, head_person_id, head_name FROM left_household WHERE NOT stands;

CREATE OR REPLACE TEMP TABLE member_of_listed_household AS
SELECT 'registered_poor|' || subject AS subject, person_id FROM member_of_household
UNION ALL SELECT 'dibao|' || subject, person_id FROM member_of_dibao_household
UNION ALL SELECT 'tekun|' || person_id, person_id FROM of_tekun
UNION ALL SELECT DISTINCT 'former registered_poor|' || former_household_id, person_id FROM former_row
UNION ALL
(SELECT 'former dibao|' || dibao_household_id, person_id FROM left_household_row
    WHERE dibao_household_id IN (SELECT from_household_id FROM left_household WHERE NOT stands)
UNION SELECT 'former dibao|' || from_household_id, head_person_id FROM left_household WHERE NOT stands AND head_person_id IS NOT NULL); -- who may not be listed
