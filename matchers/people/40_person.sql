CREATE OR REPLACE TEMP TABLE called_names AS
SELECT person_id, string_agg(DISTINCT name, '、' ORDER BY name) AS names
FROM roster_row WHERE person_id IN (SELECT person_id FROM identity WHERE names_differ) GROUP BY person_id;

-- Who stands in no roster any more, and is asked after all the same: who left dibao
-- or tekun, and the members of registered households that were at risk.
CREATE OR REPLACE TEMP TABLE departed AS
SELECT person_id, name, town, village, id_quality FROM (
    SELECT 0 AS rank, person_id, name, town, village, id_quality, path, sheet, row_number FROM exit_last
    UNION ALL SELECT 1, person_id, name, town, village, id_quality, path, sheet, row_number FROM former_row
    -- the head's row alone may tell the type, also one that is struck off
    WHERE id_quality <> 'unresolved' AND former_household_id IN (
        SELECT coalesce(town, '') || '|' || coalesce(household_no, person_id) FROM previous_registered_poor WHERE is_monitored(type))
)
WHERE person_id NOT IN (SELECT person_id FROM identity)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY rank, path, sheet, row_number) = 1;

-- row_number() has DuckDB do this on one thread, which fills its blocks of rows. Two would
-- each leave one half full, and so would person, until DuckDB joins such blocks when it
-- writes the analysts' file: it writes the table a second time.
CREATE OR REPLACE TEMP TABLE somebody AS
SELECT *, row_number() OVER () AS n FROM (
    SELECT person_id, id_number, birth_date, sex, quality, name, town, village FROM identity
    UNION ALL
    SELECT person_id, person_id, strptime(substr(person_id, 7, 8), '%Y%m%d')::DATE, digit_sex(person_id), id_quality, name, town, village
    FROM departed
);
DROP TABLE identity;
DROP TABLE departed;

-- What is paid each month for one person, the least where several households are.
CREATE OR REPLACE TEMP TABLE dibao_share AS
SELECT m.person_id, min(h.share) AS dibao_share
FROM member_of_dibao_household m JOIN dibao_household h ON h.dibao_household_id = m.subject GROUP BY m.person_id;

-- What tonight's rosters can tell at all. Without them a word is unknown, not no.
CREATE OR REPLACE TEMP TABLE asks AS
SELECT coalesce(bool_or(kind = 'medical_aid' AND loaded AND list_contains(columns, 'insured')), false) AS insured,
    coalesce(bool_or(kind = 'school' AND loaded), false) AS school
FROM roster_state;

-- The words of rules.md, each computed once, in the order in which it explains them.
CREATE OR REPLACE TEMP TABLE person AS
SELECT s.person_id, s.id_number, s.name,
    n.names AS other_names,
    s.sex, s.birth_date, age_on(s.birth_date, as_of)::INTEGER AS age,
    -- the poor household's town first, then as believed
    coalesce(p.town, s.town) AS town, CASE WHEN p.town <> s.town THEN p.village ELSE coalesce(p.village, s.village) END AS village,
    p.household_id, p.household_no, p.relation, kinship(p.relation) AS kinship, s.quality AS id_quality,
    d.dibao_household_id, d.dibao_household_list, coalesce(d.dibao_households, 0)::INTEGER AS dibao_households,

    coalesce(v.dead, false) AS dead, coalesce(v.moved_out, false) AS moved_out, coalesce(v.in_custody, false) AS in_custody,
    coalesce(v.dead_before_month, false) AS dead_before_month, v.death_date, v.custody_date,
    NOT coalesce(v.dead, false) AND NOT coalesce(v.moved_out, false) AS living,

    p.person_id IS NOT NULL AS poor, h.type AS poor_type,
    coalesce(h.monitored, false) AS monitored,
    coalesce(h.monitored, false) AND NOT h.risk_eliminated AS risk_open,
    d.person_id IS NOT NULL AS in_dibao, t.person_id IS NOT NULL AS in_tekun,
    d.person_id IS NOT NULL OR t.person_id IS NOT NULL AS covered,
    d.person_id IS NULL AND t.person_id IS NULL AND ho.person_id IS NOT NULL AS possibly_covered,
    p.person_id IS NOT NULL OR d.person_id IS NOT NULL OR t.person_id IS NOT NULL AS low_income,

    x.person_id IS NOT NULL AS in_disability,
    coalesce(x.disabled, false) AS disabled, coalesce(x.severe, false) AS severe,
    CASE WHEN x.person_id IS NULL THEN false ELSE x.nursing_eligible END AS nursing_eligible, CASE WHEN x.person_id IS NULL THEN false ELSE x.tekun_disability END AS tekun_disability,
    x.disability_type, x.disability_grade, x.cert_status, x.living_subsidy, x.nursing_subsidy, x.care_wanted, x.care_provided,

    m.person_id IS NOT NULL AS in_medical_aid, m.self_pay, m.medical_aid_amount, CASE WHEN m.person_id IS NULL THEN true ELSE m.medical_unaided END AS medical_unaided, m.insured, m.premium_subsidy, m.disease,
    coalesce(m.called_serious OR m.self_pay >= serious_self_pay, false) AS serious,
    coalesce(age_on(s.birth_date, as_of) NOT BETWEEN 16 AND 59, false) OR coalesce(x.severe, false)
        OR coalesce(p.labour IN ('丧失劳动力', '无劳动力'), false) AS no_labour,
    p.labour, p.labour IN ('普通劳动力', '技能劳动力') AS able,
    -- asked where the rosters that can tell are there
    CASE WHEN asks.insured THEN coalesce(m.person_id IS NOT NULL AND m.insured IN ('否', '空白'), false)
        OR coalesce(i.medical_insured IN ('否', '空白') AND m.insured IS DISTINCT FROM '是', false) END AS uninsured,
    i.medical_insured, i.pension_insured, p.dibao_flag, p.tekun_flag, p.student_status,

    sc.person_id IS NOT NULL AS in_school, coalesce(sc.enrolled, false) AS enrolled, coalesce(sc.graduate, false) AS graduate,
    CASE WHEN sc.person_id IS NULL THEN false ELSE sc.secondary END AS secondary,
    CASE WHEN sc.person_id IS NULL THEN false ELSE sc.in_public_school END AS in_public_school, sc.public_cost, sc.public_aid,
    CASE WHEN sc.person_id IS NULL THEN true ELSE sc.public_unaided END AS public_unaided,
    coalesce(sc.taught, false) AS taught, CASE WHEN sc.person_id IS NULL THEN false ELSE sc.school_aided END AS school_aided,
    sc.school_aid_amount, sc.school_aid_item, sc.school, sc.stage, sc.enrolment,
    -- the school year begins on 1 September; the age on the day before decides
    coalesce(age_on(s.birth_date, date_trunc('year', as_of - INTERVAL 8 MONTH) + INTERVAL 8 MONTH - INTERVAL 1 DAY) BETWEEN 6 AND 14, false) AS school_age,
    CASE WHEN asks.school THEN school_age AND NOT coalesce(sc.enrolled, false) END AS out_of_school,

    h.income_per_capita, CASE WHEN h.monthly THEN '是' END AS poor_income_monthly,
    h.income_per_capita IS NOT NULL AS income_known,
    h.income_per_capita IS NULL OR h.income_per_capita < CASE WHEN u.household_id IS NOT NULL THEN policy.dibao_standard_urban ELSE policy.dibao_standard END * low_income_multiple AS needy,
    CASE WHEN a.aid_date IS NOT NULL OR ah.dated THEN true
         WHEN a.person_id IS NULL AND ah.person_id IS NULL THEN false END AS aided, -- aid of an unknown day: unknown
    -- paid from the month after approval: who was taken in lately may not be paid yet
    CASE WHEN recently(d.dibao_start, as_of, pay_lag_months) OR recently(t.tekun_start, as_of, pay_lag_months) THEN true
         WHEN d.start_unread OR t.start_unread THEN NULL ELSE false END AS recent,

    d.dibao_category, d.dibao_tier, d.dibao_amount, ds.dibao_share, d.dibao_start, CASE WHEN d.person_id IS NULL THEN false ELSE d.dibao_single END AS dibao_single,
    t.tekun_amount, t.care_amount, t.tekun_unpaid, t.care_unpaid, t.self_care, t.support_mode, t.tekun_start,
    e.person_id IS NOT NULL AS exited, e.from_household_id, l.gradual_exit_until AS exit_gradual_until, l.gradual_exit_place AS exit_gradual_place,
    l.others IS NOT NULL AS others_in_dibao, l.others AS others_still_in_dibao, l.others_places AS others_places,
    coalesce(b.living_subsidy AND x.living_subsidy IN ('否', '空白'), false) AS living_stopped,
    coalesce(b.nursing_subsidy AND x.nursing_subsidy IN ('否', '空白'), false) AS nursing_stopped, b.places AS paid_places,
    e.kind AS exit_kind, e.last_seen AS exit_last_seen, e.id_quality AS exit_quality,
    stands_at(e.path, e.sheet, e.row_number) AS exit_place, e.tier AS exit_tier
FROM somebody s
CROSS JOIN policy
CROSS JOIN asks
LEFT JOIN called_names n USING (person_id)
LEFT JOIN of_verification v USING (person_id)
LEFT JOIN of_registered_poor p USING (person_id)
LEFT JOIN of_registered_row i USING (person_id)
LEFT JOIN poor_household h ON h.household_id = p.household_id
LEFT JOIN under_a_head ho USING (person_id)
LEFT JOIN urban u ON u.household_id = p.household_id
LEFT JOIN household_aid ah USING (person_id)
LEFT JOIN of_dibao d USING (person_id)
LEFT JOIN dibao_share ds USING (person_id)
LEFT JOIN of_tekun t USING (person_id)
LEFT JOIN of_disability x USING (person_id)
LEFT JOIN of_medical_aid m USING (person_id)
LEFT JOIN of_school sc USING (person_id)
LEFT JOIN of_temporary_aid a USING (person_id)
LEFT JOIN exit_last e USING (person_id)
LEFT JOIN left_behind l USING (person_id)
LEFT JOIN paid_before b USING (person_id);

-- What went into person is held twice from here on.
DROP TABLE somebody;
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
    SELECT m.subject AS household_id, string_agg(DISTINCT d.place, '、' ORDER BY d.place) AS dibao_places
    FROM member_of_household m
    JOIN (SELECT person_id, stands_at(path, sheet, row_number) AS place FROM dibao_row) d USING (person_id)
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
