-- What went into person is held twice from here on.
DROP VIEW person_in_slice;
DROP VIEW slice_in_order;
DROP TABLE in_order;
DROP TABLE somebody;
DROP TABLE slice_of_person;
DROP TABLE of_registered_poor;
DROP TABLE of_registered_row;
DROP TABLE of_disability;
DROP TABLE of_medical_aid;
DROP TABLE of_school;

-- The words of a poor household, rolled up from its members.
CREATE OR REPLACE TEMP TABLE household AS
WITH word AS (
    SELECT m.subject AS household_id,
        count(*)::INTEGER AS members, count(*) FILTER (WHERE living)::INTEGER AS living_members,
        bool_or(living AND covered) AS any_covered, bool_or(living AND possibly_covered) AS any_possibly_covered,
        bool_or(in_dibao) AS any_in_dibao, bool_or(living AND in_tekun) AS any_in_tekun,
        -- its own members: one who is listed elsewhere too brings no aid from there
        CASE WHEN bool_or(person_id IN (SELECT person_id FROM of_temporary_aid WHERE aid_date IS NOT NULL)) THEN true
             WHEN bool_or(person_id IN (SELECT person_id FROM of_temporary_aid)) THEN NULL ELSE false END AS any_aided,
        coalesce(bool_and(no_labour) FILTER (WHERE living), false) AS all_no_labour,
        coalesce(bool_and(covered) FILTER (WHERE living), false) AS all_covered,
        -- a certificate whose grade nobody can read may be a severe one
        CASE WHEN bool_or(serious OR severe) THEN true
             WHEN bool_or(disabled AND (disability_grade IS NULL OR disability_grade = 3 AND disability_type IS NULL)) THEN NULL ELSE false END AS any_serious_or_severe,
        coalesce(bool_or(living AND NOT no_labour), false) AS any_labour,
        CASE WHEN bool_or(living AND (age >= 60 OR tekun_disability)) THEN true
             WHEN bool_or(living AND (age >= 60 OR tekun_disability) IS NULL) THEN NULL ELSE false END AS any_aged_or_helpless,
        -- who has no birth date may be grown up
        CASE WHEN bool_or(living AND age >= 18) THEN true WHEN bool_or(living AND age IS NULL) THEN NULL ELSE false END AS any_adult,
        bool_or(living AND uninsured) AS any_uninsured, bool_or(living AND out_of_school) AS any_out_of_school,
        count(*) FILTER (WHERE living AND uninsured)::INTEGER AS uninsured_members, count(*) FILTER (WHERE living AND out_of_school)::INTEGER AS out_of_school_members,
        count(*) FILTER (WHERE living AND NOT covered)::INTEGER AS uncovered_members
    FROM member_of_household m JOIN person USING (person_id) GROUP BY m.subject
), names AS ( -- apart: an ordered aggregate costs for every household, and few have a name to tell
    SELECT m.subject AS household_id, string_agg(name, '、' ORDER BY name) AS names_in_dibao
    FROM member_of_household m JOIN person USING (person_id) WHERE in_dibao GROUP BY m.subject
), in_dibao_at AS ( -- evidence for members who are left out: their own rows do not tell it
    SELECT m.subject AS household_id, list(DISTINCT d.place ORDER BY d.place) AS dibao_places
    FROM member_of_household m
    JOIN (SELECT person_id, row_at('dibao', path, sheet, row_number, NULL) AS place FROM dibao_row) d USING (person_id)
    GROUP BY m.subject
), dibao_of AS (
    SELECT m.subject AS household_id, count(DISTINCT d.subject)::INTEGER AS dibao_households,
        min(d.subject) AS dibao_household_id,
        CASE WHEN bool_or(NOT h.single_household) THEN true WHEN bool_or(h.single_household IS NULL) THEN NULL ELSE false END AS shares_dibao
    FROM member_of_household m JOIN member_of_dibao_household d USING (person_id)
    JOIN dibao_household h ON h.dibao_household_id = d.subject GROUP BY m.subject
)
SELECT h.* EXCLUDE (monthly, type_place, income_place), p.name AS head_name, p.id_number AS head_id,
    h.monitored AND NOT h.risk_eliminated AS risk_open, h.income_per_capita IS NOT NULL AS income_known,
    w.* EXCLUDE (household_id, all_no_labour, any_adult, any_covered, any_possibly_covered, any_aided, any_serious_or_severe),
    NOT any_of(h.household_no, NOT w.all_no_labour) AS all_no_labour,
    any_of(h.household_no, w.any_adult) AS any_adult,
    any_of(h.household_no, w.any_covered) AS any_covered, any_of(h.household_no, w.any_possibly_covered) AS any_possibly_covered,
    any_of(h.household_no, w.any_aided) AS any_aided, any_of(h.household_no, w.any_serious_or_severe) AS any_serious_or_severe,
    n.names_in_dibao, a.dibao_places,
    -- somebody is in dibao with others, not taken in alone: then the rest may be left out (LB04)
    CASE WHEN o.household_id IS NULL THEN false ELSE o.shares_dibao END AS shares_dibao,
    coalesce(o.dibao_households, 0) AS dibao_households, o.dibao_household_id,
    d.income_per_capita AS dibao_income, d.category AS dibao_category,
    CASE WHEN d.monthly THEN '是' END AS income_monthly,
    CASE WHEN h.monthly THEN '是' END AS poor_income_monthly
FROM poor_household h
JOIN word w USING (household_id)
LEFT JOIN person p ON p.person_id = h.head_person_id
LEFT JOIN names n USING (household_id)
LEFT JOIN in_dibao_at a USING (household_id)
LEFT JOIN dibao_of o USING (household_id)
LEFT JOIN dibao_household d ON d.dibao_household_id = CASE WHEN o.dibao_households = 1 THEN o.dibao_household_id END;

-- An exit: out of dibao and tekun, living, and not where neither is paid.
CREATE OR REPLACE TEMP VIEW exit AS
SELECT person_id, name, exit_kind AS from_kind, exit_last_seen AS last_seen, exit_place AS last_place, exit_tier AS tier
FROM person WHERE exited AND NOT covered AND living AND NOT in_custody;
