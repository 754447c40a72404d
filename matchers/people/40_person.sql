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

-- Everybody, with the town that is told, the poor household's first and then as believed, and the
-- slice in which the wide row is made, in the order of the analysts' file, by town and number.
-- Slices are equally large, and end between two towns, or in one between two regions and years of birth.
CREATE OR REPLACE TEMP TABLE somebody AS
WITH everybody AS (
    SELECT person_id, id_number, birth_date, sex, quality, name, town, village FROM identity
    UNION ALL
    SELECT person_id, person_id, strptime(substr(person_id, 7, 8), '%Y%m%d')::DATE, digit_sex(person_id), id_quality, name, town, village
    FROM departed
), told AS (
    SELECT e.*, coalesce(p.town, e.town) AS told_town, left(person_id, 10) AS prefix
    FROM everybody e LEFT JOIN of_registered_poor p USING (person_id)
), slice AS (
    SELECT told_town, prefix, ((sum(persons) OVER (ORDER BY told_town, prefix) - 1)
        * ceil(sum(persons) OVER () / at_a_time.people)::BIGINT // sum(persons) OVER ())::INTEGER AS slice
    FROM at_a_time, (SELECT told_town, prefix, count(*) AS persons FROM told GROUP BY ALL)
)
SELECT t.* EXCLUDE (prefix), slice
FROM told t JOIN slice s ON t.prefix = s.prefix AND t.told_town IS NOT DISTINCT FROM s.told_town;
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

-- What the dibao roster says of who is listed as out of it.
CREATE OR REPLACE TEMP TABLE dibao_listed_out AS
SELECT person_id, string_agg(DISTINCT coalesce(exit_reason, status), '、' ORDER BY coalesce(exit_reason, status)) AS reason
FROM dibao WHERE NOT coalesce(in_force, true) GROUP BY person_id;

-- The slice that is made, in order. Read out of what is materialized by one thread alone, as it is where
-- DuckDB is told to keep an order, it has whole blocks of 122,880 rows; each is then joined and sorted by one thread, and whole
-- blocks are written. Of half-full ones DuckDB would write the table a second time, to join them, on one core.
CREATE OR REPLACE TEMP VIEW slice_in_order AS
WITH sorted AS MATERIALIZED (
    SELECT * EXCLUDE (slice), row_number() OVER () AS nth FROM (FROM somebody WHERE slice = getvariable('slice') ORDER BY told_town, person_id)
) FROM sorted;
CREATE OR REPLACE TEMP TABLE in_order AS FROM slice_in_order LIMIT 0;

-- The words of rules.md, each computed once, in the order in which it explains them.
CREATE OR REPLACE TEMP VIEW person_in_slice AS
SELECT nth, s.person_id, s.id_number, s.name,
    n.names AS other_names,
    s.sex, s.birth_date, age_on(s.birth_date, as_of)::INTEGER AS age,
    s.told_town AS town, CASE WHEN p.town <> s.town THEN p.village ELSE coalesce(p.village, s.village) END AS village,
    p.household_id, p.household_no, p.relation, kinship(p.relation) AS kinship, s.quality AS id_quality,
    d.dibao_household_id, d.dibao_household_list, coalesce(d.dibao_households, 0)::INTEGER AS dibao_households,

    coalesce(v.dead, false) AS dead, coalesce(v.moved_out, false) AS moved_out, coalesce(v.in_custody, false) AS in_custody,
    CASE WHEN v.person_id IS NULL THEN false ELSE v.dead_before_month END AS dead_before_month, v.death_date, v.custody_date,
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
    l.others IS NOT NULL AS others_in_dibao, l.others AS others_still_in_dibao, l.others_places AS others_places, l.others_quality,
    coalesce(b.living_subsidy AND x.living_subsidy IN ('否', '空白'), false) AS living_stopped,
    coalesce(b.nursing_subsidy AND x.nursing_subsidy IN ('否', '空白'), false) AS nursing_stopped, b.places AS paid_places, b.id_quality AS paid_quality,
    CASE WHEN e.person_id IS NOT NULL THEN '现已退出' || coalesce('（低保名册写明：' || o.reason || '）', '') END AS left_told,
    e.kind AS exit_kind, e.last_seen AS exit_last_seen, e.id_quality AS exit_quality,
    CASE WHEN e.person_id IS NOT NULL THEN [row_at(e.kind, e.path, e.sheet, e.row_number, e.last_seen)] END AS exit_place, l.tier AS exit_tier
FROM in_order s
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
-- the largest by far: of others than the slice's it need not be laid out for the join
LEFT JOIN (FROM of_medical_aid SEMI JOIN in_order USING (person_id)) m USING (person_id)
LEFT JOIN of_school sc USING (person_id)
LEFT JOIN of_temporary_aid a USING (person_id)
LEFT JOIN exit_last e USING (person_id)
LEFT JOIN left_behind l USING (person_id)
LEFT JOIN dibao_listed_out o USING (person_id)
LEFT JOIN paid_before b USING (person_id);

CREATE OR REPLACE TEMP TABLE slice_of_person AS SELECT DISTINCT slice FROM somebody;

-- Made where it is published.
CREATE OR REPLACE TABLE analysts.person AS SELECT * EXCLUDE (nth) FROM person_in_slice LIMIT 0;
CREATE OR REPLACE TEMP VIEW person AS FROM analysts.person;
