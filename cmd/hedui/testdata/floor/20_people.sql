-- Who is who. A number that does not check is led to the one number of another roster
-- that stands under the same name, in the same town where both say one, and is one edit
-- away, or agrees in the 14 digits that scientific notation has left. What is led to none,
-- or to two, keeps a person of its own: '?' in front. Few rows are broken.
CREATE TEMP VIEW every_row AS
SELECT 'poor' AS kind, town, name, id, ok FROM poor UNION ALL SELECT 'dibao', town, name, id, ok FROM dibao
UNION ALL SELECT 'tekun', town, name, id, ok FROM tekun UNION ALL SELECT 'disability', town, name, id, ok FROM disability
UNION ALL SELECT 'medical', town, name, id, ok FROM medical UNION ALL SELECT 'school', town, name, id, ok FROM school
UNION ALL SELECT 'aid', town, name, id, ok FROM aid UNION ALL SELECT 'verification', NULL, name, id, ok FROM verification;

CREATE TEMP MACRO nobody(kind, town, name, id) AS concat('?', kind, '|', town, '|', name, '|', id);

CREATE TEMP TABLE repaired AS
WITH broken AS MATERIALIZED (SELECT DISTINCT * FROM every_row WHERE NOT ok AND id IS NOT NULL)
SELECT nobody(b.kind, b.town, b.name, b.id) AS person, min(v.id) AS resolved
FROM broken b
JOIN (SELECT DISTINCT * FROM every_row WHERE ok AND name IN (SELECT name FROM broken)) v ON v.name = b.name AND v.kind <> b.kind
WHERE coalesce(b.town = v.town, true)
  AND CASE WHEN b.id LIKE '%E+17' THEN length(b.id) >= 19 AND left(replace(b.id, '.', ''), 14) = left(v.id, 14)
      ELSE length(b.id) BETWEEN 17 AND 19 AND damerau_levenshtein(b.id, v.id) = 1 END
GROUP BY 1 HAVING count(DISTINCT v.id) = 1;

CREATE TEMP MACRO person_of(kind, town, name, id) AS
    coalesce((SELECT resolved FROM repaired r WHERE r.person = nobody(kind, town, name, id)), nobody(kind, town, name, id));
UPDATE poor SET id = person_of('poor', town, name, id) WHERE NOT ok;
UPDATE dibao SET id = person_of('dibao', town, name, id) WHERE NOT ok;
UPDATE tekun SET id = person_of('tekun', town, name, id) WHERE NOT ok;
UPDATE disability SET id = person_of('disability', town, name, id) WHERE NOT ok;
UPDATE medical SET id = person_of('medical', town, name, id) WHERE NOT ok;
UPDATE school SET id = person_of('school', town, name, id) WHERE NOT ok;
UPDATE aid SET id = person_of('aid', town, name, id) WHERE NOT ok;
UPDATE verification SET id = person_of('verification', NULL, name, id) WHERE NOT ok;

-- Each roster, one row a person.
CREATE TEMP TABLE of_registered AS
SELECT id, count(*) AS rows, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max,
    min(town) AS town_min, max(town) AS town_max, max(insured) FILTER (WHERE in_force) AS insured, max(pension) FILTER (WHERE in_force) AS pension
FROM poor GROUP BY id;

CREATE TEMP TABLE of_dibao AS
SELECT id, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max, min(town) AS town_min, max(town) AS town_max,
    bool_or(in_force) AS in_force, count(DISTINCT concat(town, household_no)) FILTER (WHERE in_force) AS households,
    max(start_month) FILTER (WHERE in_force) AS start_month
FROM dibao GROUP BY id;

CREATE TEMP TABLE of_tekun AS
SELECT id, count(*) AS rows, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max,
    min(town) AS town_min, max(town) AS town_max, bool_or(in_force) AS in_force,
    max(amount) FILTER (WHERE in_force) AS amount, max(care_amount) FILTER (WHERE in_force) AS care_amount,
    bool_or(in_force AND self_care <> '全自理') AS cared, max(start_month) FILTER (WHERE in_force) AS start_month
FROM tekun GROUP BY id;

-- 是 sorts after 否: of two answers the yes.
CREATE TEMP TABLE of_disability AS
SELECT id, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max, min(town) AS town_min, max(town) AS town_max,
    bool_or(in_force) AS disabled, bool_or(in_force AND (grade <= 2 OR grade = 3 AND type IN ('智力', '精神'))) AS severe,
    bool_or(in_force AND grade <= 2 AND type IN ('视力', '肢体', '智力', '精神', '多重')) AS nursing_eligible,
    bool_or(in_force AND (grade <= 2 AND type IN ('智力', '精神') OR grade = 1 AND type = '肢体')) AS tekun_disability,
    coalesce(max(living_subsidy), '否') AS living_subsidy, coalesce(max(nursing_subsidy), '否') AS nursing_subsidy,
    coalesce(max(care_wanted), '否') AS care_wanted, coalesce(max(care_provided), '否') AS care_provided
FROM disability GROUP BY id;

CREATE TEMP TABLE of_medical AS
SELECT id, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max,
    sum(self_pay) AS self_pay, sum(aid) AS aid, coalesce(max(insured), '否') AS insured, coalesce(max(premium), '否') AS premium, bool_or(serious) AS serious
FROM medical GROUP BY id;

CREATE TEMP TABLE of_school AS
SELECT id, count(*) AS rows, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max,
    bool_or(there) AS enrolled, bool_or(there AND stage = '研究生') AS graduate, bool_or(there AND stage IN ('初中', '普高', '中职')) AS secondary,
    bool_or(public) AS public, max(cost) FILTER (WHERE public) AS public_cost, max(aid) FILTER (WHERE there) AS public_aid,
    bool_or(taught) AS taught, coalesce(bool_or(aid > 0 OR aid_item IS NOT NULL) FILTER (WHERE taught), false) AS aided
FROM (
    SELECT *, rowid, there AND ownership = '公办' AND stage <> '研究生' AS public, enrolment IN ('在校', '送教上门') AND stage <> '研究生' AS taught
    FROM (SELECT *, rowid, enrolment NOT IN ('辍学', '毕业', '退学') AS there FROM school)
) GROUP BY id;

CREATE TEMP TABLE of_aid AS
SELECT id, arg_min(name, rowid) AS name, arg_min(town, rowid) AS town, min(name) AS name_min, max(name) AS name_max, min(town) AS town_min, max(town) AS town_max,
    bool_or(day BETWEEN getvariable('as_of') - INTERVAL 12 MONTH AND getvariable('as_of')) AS aided
FROM aid GROUP BY id;

CREATE TEMP TABLE of_verification AS
SELECT id, arg_min(name, rowid) AS name, min(name) AS name_min, max(name) AS name_max,
    coalesce(bool_or(item = 'death') FILTER (WHERE happened), false) AS dead, coalesce(bool_or(item = 'moved') FILTER (WHERE happened), false) AS moved_out,
    coalesce(bool_or(item = 'death' AND coalesce(day < date_trunc('month', getvariable('as_of')), true)) FILTER (WHERE happened), false) AS dead_before_month,
    coalesce(bool_or(item = 'custody') FILTER (WHERE happened AND NOT exempt), false) AS in_custody,
    coalesce(bool_or(item = 'asset' OR item = 'deposit' AND amount >= 30000) FILTER (WHERE happened AND NOT exempt), false)
        OR count(*) FILTER (WHERE happened AND NOT exempt AND item = 'property') >= 2 AS owns
FROM (SELECT *, rowid, coalesce(day <= getvariable('as_of'), true) AS happened FROM verification) GROUP BY id;

-- Households: who shares town and number.
CREATE TEMP TABLE dibao_row AS SELECT *, concat(town, '|', household_no) AS household, rowid AS place FROM dibao WHERE in_force;

CREATE TEMP TABLE dibao_household AS
SELECT household, any_value(town) AS town, any_value(household_no) AS household_no,
    arg_min(id, place + CASE WHEN relation IN ('户主', '本人') THEN 0 ELSE 1000000000 END) AS head,
    min(category) AS category, min(tier) AS tier, max(persons) AS persons, count(DISTINCT id) AS listed, max(amount) AS amount,
    max(income) AS income, max(start_month) AS start_month, max(last_review) AS last_review, max(gradual_until) AS gradual_until, bool_or(single) AS single
FROM dibao_row GROUP BY household;

CREATE TEMP TABLE registered_row AS SELECT *, concat(town, '|', household_no) AS household, rowid AS place FROM poor WHERE in_force;

CREATE TEMP TABLE poor_household AS
WITH of_member AS (
    SELECT r.household, bool_or(d.persons > d.listed) AS heads_only, bool_or(w.category = '城市') AS urban, bool_or(NOT d.single) AS shares_dibao,
        count(DISTINCT d.household) AS dibao_households, max(d.income) AS dibao_income, bool_or(a.aided) AS aided
    FROM registered_row r
    LEFT JOIN dibao_row w USING (id) LEFT JOIN dibao_household d ON d.household = w.household LEFT JOIN of_aid a ON a.id = r.id
    GROUP BY r.household
)
SELECT h.*, m.* EXCLUDE (household) FROM (
    SELECT household, any_value(town) AS town, any_value(household_no) AS household_no,
        arg_min(id, place + CASE WHEN relation = '户主' THEN 0 ELSE 1000000000 END) AS head,
        min(type) AS type, bool_or(type IN ('unstable', 'marginal', 'sudden')) AS monitored, bool_and(eliminated) AS eliminated,
        min(income) AS income, min(house_safe) AS house_safe, min(water_safe) AS water_safe
    FROM registered_row GROUP BY household HAVING bool_or(type <> 'general')
) h JOIN of_member m USING (household);

CREATE TEMP TABLE poor_row AS SELECT r.*, h.monitored FROM registered_row r JOIN poor_household h USING (household);

-- Of two households the one that is monitored.
CREATE TEMP TABLE of_poor AS
SELECT p.id, p.household, p.household_no, p.relation, p.labour, p.dibao_flag, p.tekun_flag, p.monitored, h.town AS poor_town, h.type AS poor_type, h.income, h.urban, h.heads_only, h.shares_dibao, h.aided AS home_aided
FROM poor_row p JOIN poor_household h USING (household)
QUALIFY row_number() OVER (PARTITION BY p.id ORDER BY p.monitored DESC, place) = 1;

-- Everybody, with what the rows say of who somebody is.
CREATE TEMP TABLE person AS
SELECT id, CASE WHEN id NOT LIKE '?%' THEN id END AS id_number, p.household_no,
    coalesce(r.name, d.name, t.name, x.name, m.name, s.name, a.name, v.name) AS name,
    coalesce(p.poor_town, r.town, d.town, t.town, x.town, m.town, s.town, a.town) AS town,
    least(r.name_min, d.name_min, t.name_min, x.name_min, m.name_min, s.name_min, a.name_min, v.name_min)
        <> greatest(r.name_max, d.name_max, t.name_max, x.name_max, m.name_max, s.name_max, a.name_max, v.name_max) AS names_differ,
    least(r.town_min, d.town_min, t.town_min, x.town_min, a.town_min) <> greatest(r.town_max, d.town_max, t.town_max, x.town_max, a.town_max) AS towns_differ,
    r.rows > 1 OR t.rows > 1 OR s.rows > 1 AS twice,
    CASE WHEN r.id IS NULL THEN 0 ELSE 1 END + CASE WHEN d.id IS NULL THEN 0 ELSE 2 END + CASE WHEN t.id IS NULL THEN 0 ELSE 4 END
        + CASE WHEN x.id IS NULL THEN 0 ELSE 8 END + CASE WHEN m.id IS NULL THEN 0 ELSE 16 END + CASE WHEN s.id IS NULL THEN 0 ELSE 32 END
        + CASE WHEN a.id IS NULL THEN 0 ELSE 64 END + CASE WHEN v.id IS NULL THEN 0 ELSE 128 END AS rosters
FROM of_medical m
FULL JOIN of_school s USING (id) FULL JOIN of_disability x USING (id) FULL JOIN of_registered r USING (id) FULL JOIN of_dibao d USING (id)
FULL JOIN of_tekun t USING (id) FULL JOIN of_aid a USING (id) FULL JOIN of_verification v USING (id)
LEFT JOIN of_poor p USING (id);

-- Those whom the rules ask about, and all that they ask: the poor, the protected, the certified.
CREATE TEMP MACRO age_on(birth, day) AS date_sub('year', birth::DATE, day::DATE);

CREATE TEMP TABLE asked AS
SELECT *, living AND covered AS living_covered,
    age NOT BETWEEN 16 AND 59 OR severe OR coalesce(labour IN ('丧失劳动力', '无劳动力'), false) AS no_labour,
    insured = '否' OR coalesce(poor_insured = '否' AND insured IS DISTINCT FROM '是', false) AS uninsured,
    coalesce(age_on(birth, DATE '2020-08-31') BETWEEN 6 AND 14, false) AND NOT enrolled AS out_of_school
FROM (
    SELECT u.id, u.id_number, u.name, u.town, u.household_no, born(u.id) AS birth, age_on(born(u.id), getvariable('as_of')) AS age,
        NOT coalesce(v.dead OR v.moved_out, false) AS living, coalesce(v.dead_before_month, false) AS dead_before_month,
        coalesce(v.in_custody, false) AS in_custody, coalesce(v.owns, false) AS owns,
        p.household, p.relation, p.labour, p.id IS NOT NULL AS poor, p.poor_type, coalesce(p.monitored, false) AS monitored,
        p.dibao_flag, p.tekun_flag, r.insured AS poor_insured, r.pension,
        p.income IS NULL OR p.income < CASE WHEN p.urban THEN 8160 ELSE 5300 END * 1.5 AS needy,
        coalesce(d.in_force, false) AS in_dibao, coalesce(t.in_force, false) AS in_tekun, coalesce(d.in_force, false) OR coalesce(t.in_force, false) AS covered,
        NOT coalesce(d.in_force, false) AND NOT coalesce(t.in_force, false) AND coalesce(p.heads_only, false) AS possibly_covered,
        p.id IS NOT NULL OR coalesce(d.in_force, false) OR coalesce(t.in_force, false) AS low_income,
        coalesce(p.shares_dibao, false) AS shares_dibao, d.households AS dibao_households,
        coalesce(date_diff('month', d.start_month, getvariable('as_of')) < 2, false) OR coalesce(date_diff('month', t.start_month, getvariable('as_of')) < 2, false) AS recent,
        t.amount AS tekun_amount, t.care_amount, coalesce(t.cared, false) AS cared, t.start_month AS tekun_start,
        coalesce(x.disabled, false) AS disabled, coalesce(x.severe, false) AS severe, coalesce(x.nursing_eligible, false) AS nursing_eligible,
        coalesce(x.tekun_disability, false) AS tekun_disability, x.living_subsidy, x.nursing_subsidy, x.care_wanted, x.care_provided,
        m.self_pay, m.aid AS medical_aid, m.insured, m.premium, coalesce(m.serious OR m.self_pay >= 10000, false) AS serious,
        coalesce(s.enrolled, false) AS enrolled, coalesce(s.graduate, false) AS graduate, coalesce(s.secondary, false) AS secondary,
        coalesce(s.public, false) AS public, s.public_cost, s.public_aid, coalesce(s.taught, false) AS taught, coalesce(s.aided, false) AS school_aided,
        coalesce(a.aided, false) OR coalesce(p.home_aided, false) AS aided
    FROM person u
    LEFT JOIN of_registered r USING (id) LEFT JOIN of_dibao d USING (id) LEFT JOIN of_tekun t USING (id) LEFT JOIN of_disability x USING (id)
    LEFT JOIN of_medical m USING (id) LEFT JOIN of_school s USING (id) LEFT JOIN of_aid a USING (id) LEFT JOIN of_verification v USING (id)
    LEFT JOIN of_poor p USING (id)
    WHERE u.rosters & 15 <> 0
);

CREATE TEMP TABLE household AS
SELECT h.*, h.monitored AND NOT h.eliminated AS risk_open, head.id_number, head.name, w.* EXCLUDE (household)
FROM poor_household h
JOIN (
    SELECT r.household, bool_or(living) AS any_living, bool_or(living_covered) AS any_covered, bool_or(living AND possibly_covered) AS any_possibly_covered,
        bool_or(in_dibao) AS any_in_dibao, bool_or(living AND in_tekun) AS any_in_tekun,
        coalesce(bool_and(no_labour) FILTER (WHERE living), false) AS all_no_labour, coalesce(bool_and(covered) FILTER (WHERE living), false) AS all_covered,
        bool_or(serious OR severe) AS any_serious_or_severe, bool_or(living AND NOT no_labour) AS any_labour,
        bool_or(living AND (age >= 60 OR tekun_disability)) AS any_aged_or_helpless, bool_or(living AND age >= 18) AS any_adult,
        bool_or(living AND uninsured) AS any_uninsured, bool_or(living AND out_of_school) AS any_out_of_school,
        bool_or(r.relation IN ('配偶', '之子', '之女', '之父', '之母') AND age BETWEEN 18 AND 59 AND p.labour IN ('普通劳动力', '技能劳动力')
            AND living AND NOT covered AND NOT severe AND NOT in_custody) AS able_kin
    FROM (SELECT DISTINCT household, id, relation FROM poor_row) r JOIN asked p USING (id) GROUP BY r.household
) w USING (household)
JOIN asked head ON head.id = h.head;
