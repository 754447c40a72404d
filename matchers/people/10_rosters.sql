-- What each roster says of each person, one row a person a roster. A person may
-- stand in a roster more than once; then the roster's rows are put together
-- here, once, and nowhere else. Of the large rosters that is done slice by slice (11_persons.slice.sql).

-- What stands in a cell and nobody could read is unknown, not blank: what was paid, for how
-- many, from when and until when, whether to one alone, on which day, and
-- whether it is exempt or the risk is gone (拟消除).
CREATE OR REPLACE TEMP TABLE unread AS
SELECT DISTINCT kind, column_name, {'town': town, 'path': path, 'sheet': sheet, 'row': row_number} AS place
FROM standing_fault
WHERE column_name IN ('amount', 'care_amount', 'aid_amount', 'persons_covered', 'start_month', 'gradual_exit_until', 'single_household', 'exempt', 'risk_eliminated', 'item_date');

CREATE OR REPLACE TEMP MACRO is_unread(roster, told_column, town, path, sheet, row_number) AS
    {'town': coalesce(town, ''), 'path': path, 'sheet': sheet, 'row': row_number} IN (SELECT place FROM unread u WHERE u.kind = roster AND u.column_name = told_column);

-- What nobody could read may say that the item is exempt: it is no hit.
CREATE OR REPLACE TEMP VIEW verification_row AS
SELECT *, coalesce(exempt = '是', is_unread('verification', 'exempt', town, path, sheet, row_number)) AS exempted,
    is_unread('verification', 'item_date', town, path, sheet, row_number) AS date_unread
FROM verification;

-- Verification first: whether somebody lives decides about everything else.
-- dead and moved out count whether exempt or not; a hit is what is not exempt.
-- A date after as_of has not happened yet.
CREATE OR REPLACE TEMP TABLE of_verification AS
SELECT person_id,
    coalesce(bool_or(item = 'death'), false) AS dead,
    coalesce(bool_or(item = 'moved'), false) AS moved_out,
    coalesce(bool_or(item = 'custody' AND NOT exempted), false) AS in_custody,
    min(item_date) FILTER (WHERE item = 'death') AS death_date,
    min(item_date) FILTER (WHERE item = 'custody' AND NOT exempted) AS custody_date,
    -- Benefits are paid for the whole month of death: only an earlier month, or a death of which
    -- no row has a date, makes a payment wrong. The police list the death without a date and the
    -- register its own of this month. A date that nobody could read may be of this month.
    CASE WHEN death_date IS NOT NULL THEN death_date < date_trunc('month', any_value(as_of))
         WHEN NOT dead THEN false
         WHEN NOT bool_or(date_unread) FILTER (WHERE item = 'death') THEN true END AS dead_before_month
FROM verification_row, policy
WHERE item_date IS NULL OR item_date <= as_of
GROUP BY person_id;

-- What a person has hits for, one row a person an item; a hit is not exempt. Lists come month
-- by month, a file or a sheet each, and tell the same again, and a row may be printed twice:
-- it is as many as the list that has most tells, of what it describes alike one, or as are
-- described apart. Of what anybody may have, a home or some savings, only more counts.
CREATE OR REPLACE TEMP TABLE verification_hit AS
SELECT hit.*, coalesce((item <> 'property' OR rows >= 2) AND (item <> 'deposit' OR amount >= deposit_limit), false) AS counts
FROM policy, (
    SELECT person_id, item, greatest(max(rows), len(list_distinct(flatten(list(details)))))::INTEGER AS rows, max(amount) AS amount, max(item_date) AS item_date
    FROM (
        SELECT person_id, item, path, sheet, max(amount) AS amount, max(item_date) AS item_date, list(DISTINCT detail) FILTER (WHERE detail IS NOT NULL) AS details,
            count(*) FILTER (WHERE detail IS NULL) + count(DISTINCT detail) AS rows
        FROM verification_row, policy
        WHERE NOT exempted AND (item_date IS NULL OR item_date <= as_of)
        GROUP BY ALL
    )
    GROUP BY person_id, item
) hit;

-- A household of poor persons: who shares town and household number. Rows no
-- longer in force (dead, moved, struck off) are not members. A row without a
-- number is a household of its own: nobody is lost for a blank cell.
-- The type is the household's: rosters often write it in the head's row alone, and
-- the other members are no less poor for their blank cell. General farmers are
-- left out; a type that nobody could read is not known to be general.
CREATE OR REPLACE TEMP TABLE registered_row AS
SELECT *, coalesce(town, '') || '|' || coalesce(household_no, person_id) AS household_id,
    is_monitored(type) AS is_monitored
FROM registered_poor WHERE coalesce(in_force, true);

-- What somebody's rows say together: of two lists one may leave blank what the other tells.
-- Insurance is told of general farmers too: BT04 asks it of whoever is in dibao.
CREATE OR REPLACE TEMP TABLE of_registered_row AS
SELECT person_id, said(medical_insured) AS medical_insured, said(pension_insured) AS pension_insured,
    said(dibao_flag) AS dibao_flag, said(tekun_flag) AS tekun_flag,
    arg_min(labour, (path, sheet, row_number, row_id)) AS labour
FROM registered_row GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE poor_row AS
SELECT r.*, home_monitored FROM registered_row r
JOIN (SELECT coalesce(town, '') || '|' || coalesce(household_no, person_id) AS household_id,
          coalesce(bool_or(is_monitored(type)) FILTER (WHERE coalesce(in_force, true)), bool_or(is_monitored(type)), false) AS home_monitored
      FROM registered_poor GROUP BY ALL
      -- where only the head's row tells the type it does so too when the head is struck off
      HAVING coalesce(bool_or(type <> 'general') FILTER (WHERE coalesce(in_force, true)), bool_or(type <> 'general'), true)) USING (household_id);

-- In force in dibao. unnumbered: nobody knows who else is in the row's household, for its number is blank or
-- unreadable, or a listed person's own stands for it where the town's list has others, or is
-- for the most part without. A list that has no numbers at all goes by such.
CREATE OR REPLACE TEMP TABLE dibao_row AS
SELECT * EXCLUDE (stands_in), coalesce(town, '') || '|' || coalesce(household_no, person_id) AS dibao_household_id,
    household_no IS NULL OR stands_in AND NOT (bool_and(stands_in OR household_no IS NULL) OVER of_town AND count(household_no) OVER of_town * 10 >= count(*) OVER of_town * 9) AS unnumbered
FROM (SELECT *, coalesce(household_no IN (id_raw, head_id) OR household_no IN (SELECT id_number FROM dibao), false) AS stands_in FROM dibao WHERE coalesce(in_force, true))
WINDOW of_town AS (PARTITION BY path, sheet, town);

-- Of whom a town that is held keeps last month's rows all but those who stand in another town by
-- now: what is paid is right for those that the household had.
CREATE OR REPLACE TEMP TABLE left_while_held AS
SELECT DISTINCT h.town || '|' || household_no AS dibao_household_id
FROM history_dibao h JOIN held_scope s ON s.kind = 'dibao' AND s.town = h.town
WHERE valid_to >= held_since AND household_no IS NOT NULL;

-- Dibao households: who shares town and certificate number, rows in force.
CREATE OR REPLACE TEMP TABLE dibao_household AS
SELECT dibao_household_id, any_value(household_no) AS household_no, any_value(town) AS town, min(village) AS village,
    -- a sheet's row may hold the whole household: then the order of persons is that of their ids
    coalesce(arg_min(person_id, (path, sheet, row_number, person_id)) FILTER (WHERE kinship(relation) = '户主'), arg_min(person_id, (path, sheet, row_number, person_id))) AS head_person_id,
    min(category) AS category, min(tier) AS tier, count(DISTINCT tier)::INTEGER AS tiers, nullif(max(persons_covered), 0) AS persons_covered,
    -- the head's number is often copied to all: then only the names tell how many they are
    count(DISTINCT person_id)::INTEGER AS listed,
    count(DISTINCT (person_id, name_key)) > count(DISTINCT person_id) OR bool_and(unnumbered) OR dibao_household_id IN (FROM left_while_held) AS listed_unsure,
    bool_or(covered_unread) AS covered_unread, max(amount) AS amount,
    nothing_paid(max(amount), bool_or(amount_unread)) AS unpaid,
    -- what one of its persons is paid: rosters state the household's amount
    round(max(amount) / coalesce(nullif(max(persons_covered), 0), CASE WHEN NOT bool_and(unnumbered) THEN count(DISTINCT person_id) END), 2)::DECIMAL(14,2) AS share,
    max(income_per_capita) AS income_per_capita, bool_or(coalesce(income_monthly, false)) AS monthly,
    max(start_month) AS start_month, bool_or(start_unread) AS start_unread, max(last_review) AS last_review, max(gradual_exit_until) AS gradual_exit_until,
    bool_or(exit_unread) AS exit_unread,
    CASE WHEN bool_or(single_household = '是') THEN true WHEN bool_or(single_unread) THEN NULL ELSE false END AS single_household,
    -- the rows that tell these, for evidence
    arg_min(at, (category, at)) FILTER (WHERE category IS NOT NULL) AS category_place, arg_min(at, (tier, at)) FILTER (WHERE tier IS NOT NULL) AS tier_place,
    arg_min(at, (-amount, at)) FILTER (WHERE amount IS NOT NULL) AS amount_place, arg_max(at, (start_month, at)) FILTER (WHERE start_month IS NOT NULL) AS start_place
FROM (
    -- whose household's number nobody could read may be paid by another row of it
    SELECT *, {'path': path, 'sheet': sheet, 'row': row_number} AS at,
        unnumbered OR is_unread('dibao', 'amount', town, path, sheet, row_number) AS amount_unread,
        is_unread('dibao', 'persons_covered', town, path, sheet, row_number) AS covered_unread,
        is_unread('dibao', 'gradual_exit_until', town, path, sheet, row_number) AS exit_unread,
        is_unread('dibao', 'start_month', town, path, sheet, row_number) AS start_unread,
        is_unread('dibao', 'single_household', town, path, sheet, row_number) AS single_unread
    FROM dibao_row
) GROUP BY dibao_household_id;

-- Several households in force for one person are CB02's matter; the facts shown
-- are those of the first. What is the household's often stands in one of its rows alone.
CREATE OR REPLACE TEMP TABLE of_dibao AS
SELECT person_id, count(DISTINCT known_household_id) AS dibao_households,
    min(known_household_id) AS dibao_household_id,
    string_agg(DISTINCT replace(known_household_id, '|', ''), '、' ORDER BY replace(known_household_id, '|', '')) AS dibao_household_list,
    arg_min(category, place) AS dibao_category, arg_min(tier, place) AS dibao_tier, arg_min(amount, place) AS dibao_amount,
    max(start_month) AS dibao_start, bool_or(start_unread) AS start_unread,
    -- a person whose household covers one alone was taken in alone
    CASE WHEN bool_or(single_household = '是') THEN true WHEN bool_or(single_unread) THEN NULL ELSE false END AS dibao_single
FROM (
    SELECT r.* REPLACE (coalesce(r.category, h.category) AS category, coalesce(r.tier, h.tier) AS tier, coalesce(r.amount, h.amount) AS amount, coalesce(r.start_month, h.start_month) AS start_month),
        -- what stands in its own cell decides before another row of the household
        CASE WHEN r.start_month IS NULL THEN h.start_unread ELSE is_unread('dibao', 'start_month', r.town, path, sheet, row_number) END AS start_unread,
        is_unread('dibao', 'single_household', r.town, path, sheet, row_number) AS single_unread,
        -- a row without a number may be of the household under which the town lists the person elsewhere
        CASE WHEN unnumbered THEN coalesce(min(dibao_household_id) FILTER (NOT unnumbered) OVER of_person, min(dibao_household_id) OVER of_person) ELSE dibao_household_id END AS known_household_id,
        (known_household_id, path, sheet, row_number, row_id) AS place
    FROM dibao_row r JOIN dibao_household h USING (dibao_household_id)
    WINDOW of_person AS (PARTITION BY person_id, r.town)
) GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE of_tekun AS
SELECT person_id, max(amount) AS tekun_amount, max(care_amount) AS care_amount,
    nothing_paid(max(amount), bool_or(amount_unread)) AS tekun_unpaid, nothing_paid(max(care_amount), bool_or(care_unread)) AS care_unpaid,
    -- of rows that differ the one that needs more care
    arg_max(self_care, list_position(['full', 'partial', 'none'], self_care)) AS self_care,
    min(support_mode) AS support_mode, max(start_month) AS tekun_start, bool_or(start_unread) AS start_unread
FROM (
    SELECT *, is_unread('tekun', 'amount', town, path, sheet, row_number) AS amount_unread, is_unread('tekun', 'care_amount', town, path, sheet, row_number) AS care_unread,
        is_unread('tekun', 'start_month', town, path, sheet, row_number) AS start_unread
    FROM tekun WHERE coalesce(in_force, true)
) GROUP BY person_id;

-- Certificates. Subsidies are read off every row, also of a certificate that is
-- no longer in force: that they are still paid is what CB08 and CB09 ask.
CREATE OR REPLACE TEMP VIEW of_disability_in_slice AS
SELECT person_id,
    coalesce(bool_or(valid), false) AS disabled,
    coalesce(bool_or(valid AND heavy), false) AS severe,
    -- unknown, not no, where a type or grade could not be read: CB06 and CB09 must not accuse for that
    CASE WHEN bool_or(valid AND nursed) THEN true WHEN bool_or(valid AND nursed IS NULL) THEN NULL ELSE false END AS nursing_eligible,
    CASE WHEN bool_or(valid AND helpless) THEN true WHEN bool_or(valid AND helpless IS NULL) THEN NULL ELSE false END AS tekun_disability,
    arg_min(cert, place).type AS disability_type, arg_min(cert, place).grade AS disability_grade, arg_min(cert, place).status AS cert_status,
    said(living_subsidy) AS living_subsidy, said(nursing_subsidy) AS nursing_subsidy,
    said(care_wanted) AS care_wanted, said(care_provided) AS care_provided
FROM (
    SELECT d.*,
        coalesce(in_force, true) AS valid,
        list_contains(policy.nursing_grades, grade) AND list_contains(policy.nursing_types, disability_type) AS nursed,
        grade <= 2 OR grade = 3 AND disability_type IN ('智力', '精神') AS heavy,
        list_contains(policy.tekun_disability, disability_type || grade) AS helpless,
        -- The certificate that is told, all of it from one: in force before not, and of 听力1级
        -- and 肢体2级 the one that a nursing subsidy is due for; heaviest first.
        {'type': disability_type, 'grade': grade, 'status': cert_status} AS cert,
        (NOT valid, nursed IS NOT TRUE, heavy IS NOT TRUE, coalesce(grade, 9), path, sheet, row_number) AS place
    FROM disability d, policy WHERE in_slice(person_id)
) GROUP BY person_id;
CREATE OR REPLACE TEMP TABLE of_disability AS FROM of_disability_in_slice LIMIT 0;

-- One settlement a row: costs are summed.
CREATE OR REPLACE TEMP VIEW of_medical_aid_in_slice AS
SELECT person_id, sum(self_pay)::DECIMAL(14,2) AS self_pay, sum(aid_amount)::DECIMAL(14,2) AS medical_aid_amount,
    nothing_paid(sum(aid_amount), bool_or(aid_unread)) AS medical_unaided,
    said(insured) AS insured, said(premium_subsidy) AS premium_subsidy,
    coalesce(bool_or(serious = '是'), false) AS called_serious, min(disease) AS disease
FROM (SELECT *, is_unread('medical_aid', 'aid_amount', town, path, sheet, row_number) AS aid_unread FROM medical_aid WHERE in_slice(person_id)) GROUP BY person_id;
CREATE OR REPLACE TEMP TABLE of_medical_aid AS FROM of_medical_aid_in_slice LIMIT 0;

-- A blank state is a pupil's who is there: it is the roster of those at school.
CREATE OR REPLACE TEMP VIEW of_school_in_slice AS
SELECT person_id,
    bool_or(there) AS enrolled,
    bool_or(stage = 'graduate' AND there) AS graduate,
    -- unknown where a stage or an ownership could not be read: CB06 must not accuse for that
    CASE WHEN bool_or(secondary) THEN true WHEN bool_or(secondary IS NULL) THEN NULL ELSE false END AS secondary,
    CASE WHEN bool_or(public) THEN true WHEN bool_or(public IS NULL) THEN NULL ELSE false END AS in_public_school,
    max(yearly_cost) FILTER (WHERE public) AS public_cost,
    -- aid stands in whichever of a pupil's rows the school wrote it
    max(aid_amount) FILTER (WHERE there) AS public_aid,
    nothing_paid(max(aid_amount) FILTER (WHERE there), bool_or(aid_unread) FILTER (WHERE there)) AS public_unaided,
    coalesce(bool_or(taught), false) AS taught,
    CASE WHEN bool_or(taught AND (aid_amount > 0 OR aid_item IS NOT NULL)) THEN true WHEN bool_or(taught AND aid_unread) THEN NULL ELSE false END AS school_aided,
    max(aid_amount) FILTER (WHERE taught) AS school_aid_amount, min(aid_item) FILTER (WHERE taught) AS school_aid_item,
    arg_min(told, place).school AS school, arg_min(told, place).stage AS stage, arg_min(told, place).enrolment AS enrolment
FROM (
    SELECT *, coalesce(enrolment, '在校') IN ('在校', '送教上门') AND coalesce(stage, '') <> 'graduate' AS taught,
        there AND stage IN ('junior', 'senior', 'vocational') AS secondary,
        there AND ownership = '公办' AND stage <> 'graduate' AS public,
        is_unread('school', 'aid_amount', town, path, sheet, row_number) AS aid_unread,
        -- the school that is told: where the pupil is taught before one that was left
        {'school': school, 'stage': stage, 'enrolment': enrolment} AS told,
        (NOT taught, NOT there, path, sheet, row_number) AS place
    FROM (SELECT *, coalesce(enrolment, '在校') NOT IN ('辍学', '毕业', '退学') AS there FROM school WHERE in_slice(person_id))
) GROUP BY person_id;
CREATE OR REPLACE TEMP TABLE of_school AS FROM of_school_in_slice LIMIT 0;

-- Aid that nobody knows the day of may have been given within the year: aid_date is NULL.
CREATE OR REPLACE TEMP TABLE of_temporary_aid AS
SELECT person_id, max(aid_date) AS aid_date
FROM temporary_aid, policy
WHERE aid_date IS NULL OR aid_date BETWEEN as_of - INTERVAL 12 MONTH AND as_of
GROUP BY person_id;
