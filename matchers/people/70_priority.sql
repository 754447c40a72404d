-- The four groups that the notice's section three orders a visit to. They are lists
-- of whom to visit, not of problems.

-- (一) Registered poor who are not covered: the household as a whole, for part of a
-- household is LB04's to ask. One without a number is visited, whoever else may be of it.
CREATE OR REPLACE TEMP TABLE priority_uncovered AS
SELECT household_id, household_no, town, village, head_name, head_id, type, members, living_members, income_per_capita
FROM household WHERE living_members > 0 AND NOT coalesce(any_covered, false) AND NOT coalesce(any_possibly_covered, false);

-- (二) All who are in dibao or tekun, had temporary aid within the year, or belong to a
-- household that is marginal or monitored.
CREATE OR REPLACE TEMP TABLE priority_covered AS
SELECT p.person_id, p.id_number, p.name, p.town, p.village, p.household_no, p.in_dibao, p.in_tekun,
    a.aid_date IS NOT NULL AS had_aid, coalesce(p.poor_type = 'marginal', false) AS marginal, p.monitored, p.risk_open
FROM person p LEFT JOIN of_temporary_aid a USING (person_id)
WHERE p.covered OR a.aid_date IS NOT NULL OR p.monitored;

-- (三) The severely disabled among them, with what they receive.
CREATE OR REPLACE TEMP TABLE priority_disabled AS
SELECT person_id, id_number, name, town, village, household_no, disability_type, disability_grade, poor, in_dibao, in_tekun,
    living_subsidy, nursing_subsidy, nursing_eligible, care_wanted, care_provided
FROM person WHERE living AND severe AND low_income;

-- (四) Heavy spending: illness with what was paid and given, schooling of those under 24.
CREATE OR REPLACE TEMP TABLE priority_spending AS
SELECT person_id, id_number, name, town, village, household_no, age,
    coalesce(serious, false) AS by_illness, coalesce(public_cost >= schooling_cost AND age < 24, false) AS by_schooling,
    self_pay, medical_aid_amount, disease, school, public_cost, public_aid, aided
FROM person, policy
WHERE living AND low_income AND (serious OR public_cost >= schooling_cost AND age < 24);
