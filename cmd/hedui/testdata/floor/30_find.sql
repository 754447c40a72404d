-- The findings: one plain SELECT a rule, over those asked about, their households and the dibao households.
-- A rule that yields to another has the other's conditions turned round.
CREATE TEMP VIEW dibao_found AS
SELECT d.*, h.id_number, h.name, m.any_living, m.owns, coalesce(d.persons, d.listed) AS counted,
    CASE d.tier WHEN 'A' THEN 442 WHEN 'B' THEN 330 WHEN 'C' THEN 240 END * coalesce(d.persons, d.listed) AS due
FROM dibao_household d
JOIN (SELECT r.household, bool_or(living) AS any_living, bool_or(owns) AS owns FROM dibao_row r JOIN asked USING (id) GROUP BY r.household) m USING (household)
JOIN asked h ON h.id = d.head;

CREATE TEMP MACRO folded(name) AS regexp_replace(regexp_replace(name, '[（(][^）)]*[）)]|[ 　·•・．.]', '', 'g'), '[△\x{E000}-\x{F8FF}]', '?', 'g');

COPY (
    SELECT 'LB01' AS rule_id, id_number, name, household_no, town FROM asked
        WHERE poor AND living AND severe AND needy AND NOT covered AND NOT possibly_covered
    UNION ALL SELECT 'LB02', id_number, name, household_no, town FROM asked
        WHERE poor AND living AND serious AND NOT severe AND needy AND NOT covered AND NOT possibly_covered
    UNION ALL SELECT 'LB03', id_number, name, household_no, town FROM household
        WHERE any_living AND risk_open AND NOT any_covered AND NOT any_possibly_covered AND aided IS NOT TRUE
    UNION ALL SELECT 'LB04', id_number, name, household_no, town FROM asked
        WHERE poor AND living AND shares_dibao AND NOT covered AND NOT possibly_covered AND NOT graduate AND NOT in_custody
          AND NOT (needy AND (severe OR serious))
    UNION ALL SELECT 'LB05', id_number, name, household_no, town FROM household
        WHERE all_no_labour AND any_aged_or_helpless AND NOT any_in_tekun
    UNION ALL SELECT 'LB06', id_number, name, household_no, town FROM household
        WHERE any_living AND income < 5300 AND NOT any_covered AND NOT any_possibly_covered AND NOT (risk_open AND aided IS NOT TRUE)
    UNION ALL SELECT 'LB07', id_number, name, household_no, town FROM asked
        WHERE living AND low_income AND self_pay >= 10000 AND coalesce(medical_aid, 0) = 0 AND NOT aided
    UNION ALL SELECT 'LB08', id_number, name, household_no, town FROM asked
        WHERE living AND low_income AND age < 24 AND public AND public_cost >= 8000 AND coalesce(public_aid, 0) = 0 AND NOT aided
    UNION ALL SELECT 'LB09', p.id_number, p.name, p.household_no, p.town FROM asked p JOIN household h USING (household)
        WHERE p.living AND p.age < 18 AND NOT h.any_adult AND NOT p.covered

    UNION ALL SELECT 'CB01', id_number, name, household_no, town FROM asked WHERE in_dibao AND in_tekun
    UNION ALL SELECT 'CB02', id_number, name, household_no, town FROM asked WHERE id_number IS NOT NULL AND dibao_households > 1
    UNION ALL SELECT 'CB03', id_number, name, household_no, town FROM asked WHERE covered AND dead_before_month
    UNION ALL SELECT 'CB04', id_number, name, household_no, town FROM dibao_found WHERE owns
    UNION ALL SELECT 'CB05', id_number, name, household_no, town FROM dibao_found
        WHERE income > CASE WHEN category = '城市' THEN 8160 ELSE 5300 END AND coalesce(gradual_until < getvariable('as_of'), true)
    UNION ALL SELECT 'CB06', id_number, name, household_no, town FROM asked
        WHERE in_tekun AND age >= 16 AND age < 60 AND NOT tekun_disability AND NOT secondary
    UNION ALL SELECT 'CB07', id_number, name, household_no, town FROM dibao_found WHERE abs(amount - due) > 0.10 * due
    UNION ALL SELECT 'CB08', id_number, name, household_no, town FROM asked
        WHERE id_number IS NOT NULL AND living_subsidy = '是' AND (in_tekun OR NOT disabled OR NOT (in_dibao OR poor AND poor_type = 'marginal'))
    UNION ALL SELECT 'CB09', id_number, name, household_no, town FROM asked
        WHERE id_number IS NOT NULL AND nursing_subsidy = '是' AND (in_tekun OR NOT nursing_eligible)
    UNION ALL SELECT 'CB10', id_number, name, household_no, town FROM asked
        WHERE (living_subsidy = '是' OR nursing_subsidy = '是') AND dead_before_month
    UNION ALL SELECT 'CB11', id_number, name, household_no, town FROM asked WHERE covered AND in_custody
    UNION ALL SELECT 'CB12', id_number, name, household_no, town FROM dibao_found
        WHERE last_review < getvariable('as_of') - to_months(CASE tier WHEN 'A' THEN 12 WHEN 'B' THEN 6 WHEN 'C' THEN 3 ELSE 12 END)
    UNION ALL SELECT 'CB14', p.id_number, p.name, p.household_no, p.town FROM asked p JOIN household h USING (household) WHERE p.in_tekun AND h.able_kin

    UNION ALL SELECT 'BT01', id_number, name, household_no, town FROM asked
        WHERE living AND nursing_eligible AND NOT in_tekun AND nursing_subsidy = '否'
    UNION ALL SELECT 'BT02', id_number, name, household_no, town FROM asked
        WHERE living AND disabled AND in_dibao AND NOT in_tekun AND NOT recent AND living_subsidy = '否'
    UNION ALL SELECT 'BT03', id_number, name, household_no, town FROM asked
        WHERE living AND severe AND low_income AND care_wanted = '是' AND care_provided = '否'
    UNION ALL SELECT 'BT04', id_number, name, household_no, town FROM asked WHERE living AND low_income AND uninsured
    UNION ALL SELECT 'BT05', id_number, name, household_no, town FROM asked
        WHERE living AND covered AND NOT recent AND insured = '是' AND premium = '否'
    UNION ALL SELECT 'BT06', id_number, name, household_no, town FROM asked
        WHERE living AND covered AND self_pay >= 1500 AND coalesce(medical_aid, 0) = 0 AND NOT (self_pay >= 10000 AND NOT aided)
    UNION ALL SELECT 'BT07', id_number, name, household_no, town FROM asked
        WHERE living AND taught AND (low_income OR disabled) AND NOT school_aided
    UNION ALL SELECT 'BT08', id_number, name, household_no, town FROM asked WHERE living AND low_income AND out_of_school
    UNION ALL SELECT 'BT09', id_number, name, household_no, town FROM asked WHERE living AND in_tekun AND cared AND coalesce(care_amount, 0) = 0
    UNION ALL SELECT 'BT10', id_number, name, household_no, town FROM asked
        WHERE living AND poor AND age >= 16 AND age < 60 AND NOT enrolled AND pension = '否'
    UNION ALL SELECT 'BT11', id_number, name, household_no, town FROM dibao_found
        WHERE any_living AND coalesce(amount, 0) = 0 AND coalesce(date_diff('month', start_month, getvariable('as_of')) >= 2, true)
    UNION ALL SELECT 'BT11', id_number, name, household_no, town FROM asked
        WHERE living AND in_tekun AND coalesce(tekun_amount, 0) = 0 AND coalesce(date_diff('month', tekun_start, getvariable('as_of')) >= 2, true)
    UNION ALL SELECT 'BT12', id_number, name, household_no, town FROM asked
        WHERE living AND in_tekun AND tekun_amount > 0 AND tekun_amount * 12 < 1.3 * 5300

    UNION ALL SELECT 'JC01', id_number, name, household_no, town FROM asked
        WHERE living AND (covered OR poor AND poor_type = 'stable') AND self_pay >= 10000 AND NOT monitored
    UNION ALL SELECT 'JC02', id_number, name, household_no, town FROM household
        WHERE risk_open AND income >= 9000 AND any_labour AND NOT any_serious_or_severe
    UNION ALL SELECT 'JC03', id_number, name, household_no, town FROM household
        WHERE dibao_households = 1 AND abs(income - dibao_income) > 0.30 * greatest(income, dibao_income)
    UNION ALL SELECT 'JC04', id_number, name, household_no, town FROM household
        WHERE any_in_dibao AND household IN (
            SELECT m.household FROM poor_row m JOIN dibao_row d USING (id)
            JOIN dibao_row l ON l.household = d.household JOIN registered_row r ON r.id = l.id AND r.household <> m.household)
    UNION ALL SELECT 'JC05', id_number, name, household_no, town FROM asked
        WHERE poor AND (dibao_flag <> '未享受' OR tekun_flag = '是') AND NOT covered AND NOT possibly_covered
    UNION ALL SELECT 'JC06', id_number, name, household_no, town FROM asked
        WHERE poor AND (in_dibao AND coalesce(dibao_flag, '未享受') = '未享受' OR in_tekun AND coalesce(tekun_flag, '否') = '否')
    UNION ALL SELECT 'JC07', id_number, name, household_no, town FROM household
        WHERE any_living AND type = 'stable' AND (house_safe = '否' OR water_safe = '否' OR any_uninsured OR any_out_of_school)
    UNION ALL SELECT 'JC08', id_number, name, household_no, town FROM household
        WHERE any_living AND type = 'stable' AND income < 6000 AND NOT all_covered
    UNION ALL SELECT 'JC09', id_number, name, household_no, town FROM household
        WHERE any_living AND monitored AND eliminated AND (all_no_labour OR income < 6000 OR house_safe = '否' OR water_safe = '否')

    -- Rows: the person's household and town, the name as the row has it.
    UNION ALL SELECT 'DQ01', p.id_number, r.name, p.household_no, p.town FROM every_row r JOIN person p USING (id) WHERE NOT r.ok AND r.id LIKE '?%'
    UNION ALL SELECT 'DQ02', id_number, name, household_no, town FROM person
        WHERE id_number IS NOT NULL AND (twice OR id IN (SELECT id FROM disability GROUP BY id, coalesce(cert_no, '') HAVING count(*) > 1))
    UNION ALL SELECT 'DQ03', id_number, name, household_no, town FROM person WHERE id IN (
        WITH called AS MATERIALIZED (SELECT DISTINCT id, folded(name) AS name FROM every_row WHERE id IN (SELECT id FROM person WHERE names_differ))
        SELECT a.id FROM called a JOIN called b ON b.id = a.id AND a.name < b.name
        WHERE NOT (a.name LIKE replace(b.name, '?', '_') OR b.name LIKE replace(a.name, '?', '_')))
    UNION ALL SELECT 'DQ04', id_number, name, household_no, town FROM person
        WHERE id IN (SELECT id FROM every_row WHERE NOT ok AND id NOT LIKE '?%')
           OR id IN ( -- in one roster alone, and another number of that beginning, name and town in another roster
            WITH alike AS MATERIALIZED (
                SELECT id, rosters, name, town FROM person WHERE hash(left(id, 14), name, town) IN (
                    SELECT hash(left(id, 14), name, town) AS likeness FROM person WHERE id_number IS NOT NULL AND town IS NOT NULL GROUP BY 1 HAVING count(*) > 1)
            )
            SELECT a.id FROM alike a JOIN alike b ON left(b.id, 14) = left(a.id, 14) AND b.name = a.name AND b.town = a.town AND b.id <> a.id
            WHERE bit_count(a.rosters) = 1 AND b.rosters <> a.rosters GROUP BY a.id HAVING count(*) = 1)
    UNION ALL SELECT 'DQ05', id_number, name, household_no, town FROM person WHERE towns_differ
    UNION ALL SELECT 'DQ06', p.id_number, r.name, p.household_no, p.town FROM poor r JOIN person p USING (id)
        WHERE r.ok AND r.sex <> CASE substr(id, 17, 1)::INTEGER % 2 WHEN 1 THEN '男' ELSE '女' END
    UNION ALL SELECT 'DQ06', p.id_number, r.name, p.household_no, p.town FROM disability r JOIN person p USING (id)
        WHERE r.ok AND length(r.cert_no) >= 20 AND (
            r.type <> ['视力', '听力', '言语', '肢体', '智力', '精神', '多重'][r.cert_no[19]::INTEGER] OR r.grade <> r.cert_no[20]::INTEGER OR left(r.cert_no, 17) <> left(id, 17))
    UNION ALL SELECT 'DQ07', p.id_number, r.name, p.household_no, p.town FROM every_row r JOIN person p USING (id)
        WHERE r.name IS NULL OR id LIKE '?%|' OR r.town IS NULL AND r.kind IN ('poor', 'dibao', 'tekun', 'disability')
    UNION ALL SELECT 'DQ07', p.id_number, r.name, p.household_no, p.town FROM poor r JOIN person p USING (id) WHERE r.household_no IS NULL
    UNION ALL SELECT 'DQ07', p.id_number, r.name, p.household_no, p.town FROM school r JOIN person p USING (id) WHERE r.school IS NULL
    UNION ALL SELECT 'DQ07', p.id_number, r.name, p.household_no, p.town FROM verification r JOIN person p USING (id) WHERE r.item IS NULL
    UNION ALL SELECT 'DQ08', h.id_number, h.name, h.household_no, h.town FROM household h JOIN (
            SELECT household, count(DISTINCT id) FILTER (WHERE relation = '户主') AS heads, count(relation) = count(*) AS told, max(birth) FILTER (WHERE relation = '户主') AS head_born,
                min(birth) FILTER (WHERE relation IN ('之子', '之女')) AS child_born, min(age) FILTER (WHERE relation = '配偶') AS spouse_age
            FROM (SELECT r.household, id, r.relation, birth, age FROM poor_row r JOIN asked USING (id)) GROUP BY household
        ) k USING (household)
        WHERE heads > 1 OR heads = 0 AND told OR child_born < head_born + INTERVAL 12 YEAR OR spouse_age < 16
    UNION ALL SELECT 'DQ08', d.id_number, d.name, d.household_no, d.town FROM dibao_found d JOIN (
            SELECT household, count(DISTINCT id) FILTER (WHERE relation IN ('户主', '本人')) AS heads, max(birth) FILTER (WHERE relation IN ('户主', '本人')) AS head_born,
                min(birth) FILTER (WHERE relation IN ('之子', '之女')) AS child_born, min(age) FILTER (WHERE relation = '配偶') AS spouse_age
            FROM (SELECT r.household, id, r.relation, birth, age FROM dibao_row r JOIN asked USING (id)) GROUP BY household
        ) k USING (household)
        WHERE heads > 1 OR child_born < head_born + INTERVAL 12 YEAR OR spouse_age < 16 OR listed > persons
    ORDER BY ALL
) TO 'floor.csv' (HEADER);
