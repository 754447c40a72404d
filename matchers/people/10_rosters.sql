-- What each roster says of each person, one row a person a roster. A person may
-- stand in a roster more than once; then the roster's rows are put together
-- here, once, and nowhere else.

-- Verification first: whether somebody lives decides about everything else.
-- dead and moved out count whether exempt or not; a hit is what is not exempt.
-- A date after as_of has not happened yet.
CREATE OR REPLACE TEMP TABLE of_verification AS
SELECT person_id,
    coalesce(bool_or(item = 'death'), false) AS dead,
    coalesce(bool_or(item = 'moved'), false) AS moved_out,
    coalesce(bool_or(item = 'custody' AND exempt IS DISTINCT FROM '是'), false) AS in_custody,
    min(item_date) FILTER (WHERE item = 'death') AS death_date,
    -- benefits are paid for the whole month of death: only an earlier month, or
    -- a death without a date, makes a payment wrong
    coalesce(bool_or(item = 'death' AND (item_date IS NULL OR item_date < date_trunc('month', as_of))), false) AS dead_before_month
FROM verification, policy
WHERE item_date IS NULL OR item_date <= as_of
GROUP BY person_id;

-- A household of poor persons: who shares town and household number, general
-- farmers left out. Rows no longer in force (dead, moved, struck off) are not members.
CREATE OR REPLACE TEMP TABLE poor_row AS
SELECT *, coalesce(town, '') || '|' || household_no AS household_id,
    type IN ('unstable', 'marginal', 'sudden') AS is_monitored
FROM registered_poor
WHERE coalesce(in_force, true) AND type IS NOT NULL AND type <> 'general' AND household_no IS NOT NULL;

CREATE OR REPLACE TEMP TABLE of_registered_poor AS
SELECT * FROM poor_row
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY is_monitored DESC, path, sheet, row_number) = 1;

CREATE OR REPLACE TEMP TABLE dibao_row AS
SELECT *, coalesce(town, '') || '|' || household_no AS dibao_household_id
FROM dibao WHERE coalesce(in_force, true);

-- Several households in force for one person are CB02's matter; the facts shown
-- are those of the first.
CREATE OR REPLACE TEMP TABLE of_dibao AS
SELECT person_id, count(DISTINCT dibao_household_id) AS dibao_households,
    min(dibao_household_id) AS dibao_household_id,
    string_agg(DISTINCT dibao_household_id, '、' ORDER BY dibao_household_id) AS dibao_household_list,
    arg_min(category, dibao_household_id) AS dibao_category, arg_min(tier, dibao_household_id) AS dibao_tier,
    arg_min(amount, dibao_household_id) AS dibao_amount,
    max(start_month) AS dibao_start,
    -- a person whose household covers one alone was taken in alone
    bool_or(coalesce(single_household = '是', false)) AS dibao_single
FROM dibao_row GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE of_tekun AS
SELECT person_id, max(amount) AS tekun_amount, max(care_amount) AS care_amount,
    min(self_care) AS self_care, min(support_mode) AS support_mode, max(start_month) AS tekun_start
FROM tekun WHERE coalesce(in_force, true) GROUP BY person_id;

-- Certificates. Subsidies are read off every row, also of a certificate that is
-- no longer in force: that they are still paid is what CB08 and CB09 ask.
CREATE OR REPLACE TEMP TABLE of_disability AS
SELECT person_id,
    coalesce(bool_or(valid), false) AS disabled,
    coalesce(bool_or(valid AND heavy), false) AS severe,
    coalesce(bool_or(valid AND list_contains(nursing_grades, grade) AND list_contains(nursing_types, disability_type)), false) AS nursing_eligible,
    coalesce(bool_or(valid AND list_contains(tekun_disability, disability_type || grade)), false) AS tekun_disability,
    arg_min(disability_type, place) AS disability_type, arg_min(grade, place) AS disability_grade,
    said(list(living_subsidy)) AS living_subsidy, said(list(nursing_subsidy)) AS nursing_subsidy,
    said(list(care_wanted)) AS care_wanted, said(list(care_provided)) AS care_provided,
    arg_min(cert_status, place) AS cert_status
FROM (
    SELECT d.*, policy.nursing_grades, policy.nursing_types, policy.tekun_disability,
        coalesce(in_force, true) AS valid,
        grade <= 2 OR grade = 3 AND disability_type IN ('智力', '精神') AS heavy,
        -- the certificate that is told: in force before not, heaviest first
        CASE WHEN coalesce(in_force, true) THEN 0 ELSE 10 END + coalesce(grade, 9) AS place
    FROM disability d, policy
) GROUP BY person_id;

-- One settlement a row: costs are summed.
CREATE OR REPLACE TEMP TABLE of_medical_aid AS
SELECT person_id, sum(self_pay)::DECIMAL(14,2) AS self_pay, sum(aid_amount)::DECIMAL(14,2) AS medical_aid_amount,
    said(list(insured)) AS insured, said(list(premium_subsidy)) AS premium_subsidy,
    coalesce(bool_or(serious = '是'), false) AS called_serious, min(disease) AS disease
FROM medical_aid GROUP BY person_id;

-- A blank state is a pupil's who is there: it is the roster of those at school.
CREATE OR REPLACE TEMP TABLE of_school AS
SELECT person_id,
    bool_or(coalesce(enrolment, '在校') NOT IN ('辍学', '毕业', '退学')) AS enrolled,
    bool_or(stage = 'graduate' AND coalesce(enrolment, '在校') NOT IN ('辍学', '毕业', '退学')) AS graduate,
    coalesce(bool_or(taught), false) AS taught,
    coalesce(bool_or(taught AND (aid_amount > 0 OR aid_item IS NOT NULL)), false) AS school_aided,
    max(aid_amount) FILTER (WHERE taught) AS school_aid_amount, min(aid_item) FILTER (WHERE taught) AS school_aid_item,
    min(school) AS school, min(stage) AS stage, min(enrolment) AS enrolment
FROM (
    SELECT *, coalesce(enrolment, '在校') IN ('在校', '送教上门') AND coalesce(stage, '') <> 'graduate' AS taught FROM school
) GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE of_temporary_aid AS
SELECT person_id, max(aid_date) AS aid_date
FROM temporary_aid, policy
WHERE aid_date BETWEEN as_of - INTERVAL 12 MONTH AND as_of
GROUP BY person_id;
