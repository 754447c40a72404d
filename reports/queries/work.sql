-- What the findings ask of the towns: which of them need a visit, and whose door
-- comes first. A visit is one household's door, whatever its findings are.
--
-- A finding weighs severity (3, 2, 1) × confidence (1, 0.8, 0.5) × precision ×
-- money (1 to 2, full at 1,000 yuan a month) × age (1 to 2, full at 90 days).
-- Precision is the town's own where it has checked any, else the district's, as
-- (confirmed + 1) / (checked + 2): a rule that nobody checked is as likely right as
-- wrong, and one verdict makes nothing certain. Money that nobody knows counts as
-- none, which does not sink a household. One visit answers all of a household's
-- findings: it weighs what they weigh together.
--
-- No visit: what is confirmed and waits to be put right, what the departments mend
-- at their desks (数据质量), and what a watched rule says. A rule is watched whose
-- precision in the district is surely below reports.watch_below: the upper bound of
-- its interval is. What was confirmed all the same stays where it was.
CREATE OR REPLACE TEMP TABLE report_work AS
WITH weighed AS (
    SELECT f.finding_id, f.report_town,
        CASE WHEN f.household_id IS NOT NULL THEN 'registered_poor|' || f.household_id
             WHEN p.dibao_household_id IS NOT NULL THEN 'dibao|' || p.dibao_household_id
             WHEN p.person_id IS NOT NULL THEN 'person|' || p.person_id
             ELSE 'gone|' || coalesce(f.household_no, f.person_id, f.finding_id) END AS visit,
        f.status <> 'confirmed' AND coalesce(d.checked > 0 AND d.high < watch_below, false) AS watched,
        f.status <> 'confirmed' AND f.category <> '数据质量' AND NOT watched AS asks,
        CASE WHEN t.checked > 0 THEN t.checked ELSE coalesce(d.checked, 0) END AS checks,
        CASE WHEN t.checked > 0 THEN t.confirmed ELSE coalesce(d.confirmed, 0) END AS truths,
        coalesce(t.low, d.low) AS low, coalesce(t.high, d.high) AS high,
        (CASE f.severity WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END
            * CASE f.confidence WHEN 'high' THEN 1 WHEN 'medium' THEN 0.8 ELSE 0.5 END
            * ((truths + 1) / (checks + 2))
            * (1 + least(coalesce(f.amount_at_stake, 0), 1000) / 1000)
            * (1 + least(datediff('day', f.first_seen, f.as_of), 90) / 90))::DECIMAL(12,6) AS weight
    FROM report_finding f CROSS JOIN report_setting
    LEFT JOIN person p USING (person_id)
    LEFT JOIN rule_precision t ON t.rule_id = f.rule_id AND t.town = f.report_town
    LEFT JOIN rule_precision d ON d.rule_id = f.rule_id AND d.town = ''
), placed AS (
    SELECT report_town, visit, row_number() OVER (PARTITION BY report_town ORDER BY sum(weight) DESC, visit) AS place
    FROM weighed WHERE asks GROUP BY report_town, visit
)
SELECT w.*, p.place, e.returned
FROM weighed w LEFT JOIN placed p USING (report_town, visit)
LEFT JOIN ( -- why it came back the last time, if that was told
    SELECT e.finding_id, nullif(arg_max(coalesce(e.note, ''), e.seq), '') AS returned
    FROM main.finding_event e JOIN finding f USING (finding_id)
    WHERE e.event = 'reopened' AND f.status = 'reopened' GROUP BY e.finding_id
) e USING (finding_id);

-- The rows of the ledger's sheets as they are printed, laid out so that a town's
-- sheet is found in few blocks: each is read twice, for the town and the district.
CREATE OR REPLACE TEMP TABLE report_sheet AS
SELECT CASE WHEN w.watched THEN '观察' ELSE f.category END AS sheet,
    row_number() OVER (ORDER BY t.position, f.report_town, f.category_position, coalesce(village, ''), coalesce(household_no, ''), severity_position, rule_id, coalesce(id_number, ''), finding_id) AS place_in_all,
    w.place, f.report_town, village, household_no, name, id_number, rule_id || ' ' || rule_name AS problem, severity_label, confidence_label,
    told_share(w.truths / nullif(w.checks, 0)) || chr(10) || told_share(w.low) || '–' || told_share(w.high) || chr(10) || w.truths || '/' || w.checks AS precise, status_label,
    statement || coalesce('（再次出现：' || w.returned || '）', '') AS statement, check_text, subject_count, amount_at_stake::DOUBLE AS amount, first_seen,
    verdict, measures, effect, done_on, checker, places, finding_id
FROM report_finding f JOIN report_work w USING (finding_id) JOIN report_town t ON t.town = f.report_town
ORDER BY place_in_all;

-- Whom to visit: the households with a finding that asks for it, and the registered
-- poor without cover, whom the notice (three, one) wants visited each. n is the way
-- through the town: village by village, the most urgent door first.
CREATE OR REPLACE TEMP TABLE report_visit AS
WITH asked AS (
    SELECT report_town, visit, min(place) AS place, min(village) AS village, min(household_no) AS household_no, min(f.name) AS name
    FROM report_work JOIN report_finding f USING (finding_id, report_town)
    WHERE place IS NOT NULL GROUP BY report_town, visit
), uncovered AS (
    SELECT told_town(town) AS report_town, 'registered_poor|' || household_id AS visit
    FROM priority_uncovered
), house AS (
    SELECT 'registered_poor|' || household_id AS visit, town, village, household_no, head_name, income_per_capita,
        CASE type WHEN 'stable' THEN '脱贫户' WHEN 'unstable' THEN '脱贫不稳定户' WHEN 'marginal' THEN '边缘易致贫户' WHEN 'sudden' THEN '突发严重困难户' END AS type,
        CASE WHEN risk_open THEN '风险未消除' WHEN monitored AND risk_eliminated THEN '风险已消除' END AS risk
    FROM household
    UNION ALL
    SELECT 'dibao|' || h.dibao_household_id, h.town, h.village, h.household_no, p.name, h.income_per_capita, '低保户', NULL
    FROM dibao_household h LEFT JOIN person p ON p.person_id = h.head_person_id
)
SELECT report_town, v.visit, v.place, u.visit IS NOT NULL AS uncovered,
    coalesce(nullif(h.village, ''), nullif(v.village, ''), '村别不明') AS in_village,
    coalesce(h.household_no, v.household_no) AS number, coalesce(h.head_name, v.name) AS head, h.type, h.risk, h.income_per_capita AS income,
    row_number() OVER (PARTITION BY report_town ORDER BY in_village, v.place NULLS LAST, number, v.visit) AS n
FROM (SELECT * FROM asked FULL JOIN (SELECT report_town, visit FROM uncovered) x USING (report_town, visit)) v
LEFT JOIN uncovered u USING (report_town, visit)
-- of another town's household nothing is told here
LEFT JOIN house h ON h.visit = v.visit AND told_town(h.town) = report_town;

CREATE OR REPLACE TEMP MACRO in_yuan(amount) AS replace(amount::DECIMAL(14,2)::VARCHAR, '.00', '') || '元';

-- Who lives there, with what the rosters say of each: of this town's people alone.
CREATE OR REPLACE TEMP TABLE report_member AS
SELECT v.report_town, v.visit, p.person_id, p.name, coalesce(p.relation, d.relation) AS relation, p.age, p.id_number, p.kinship, p.birth_date,
    concat_ws(chr(10),
        CASE WHEN p.dead THEN '核对：疑似已死亡' || coalesce('（' || p.death_date || '）', '') END,
        CASE WHEN p.moved_out THEN '核对：疑似已迁出' END,
        CASE WHEN p.in_custody THEN '核对：疑似服刑在押' END,
        CASE WHEN p.in_dibao THEN '低保：' || concat_ws('，', p.dibao_category, p.dibao_tier || '档', '户月' || in_yuan(p.dibao_amount))
             WHEN p.possibly_covered THEN '低保：可能随户主享受' END,
        CASE WHEN p.in_tekun THEN '特困：' || concat_ws('，', p.support_mode || '供养', '月' || in_yuan(p.tekun_amount), '护理费' || in_yuan(p.care_amount)) END,
        CASE WHEN p.in_disability THEN '残疾：' || concat_ws('，', concat(p.disability_type, p.disability_grade || '级', CASE WHEN NOT p.disabled THEN '（证已失效）' END),
            '护理补贴' || p.nursing_subsidy, '生活补贴' || p.living_subsidy) END,
        CASE WHEN p.in_medical_aid OR p.medical_insured IS NOT NULL THEN '医疗：' || concat_ws('，',
            CASE coalesce(p.insured, p.medical_insured) WHEN '是' THEN '已参保' WHEN '否' THEN '未参保' ELSE '参保情况空白' END,
            CASE WHEN p.serious THEN '重病' END, '自付' || in_yuan(nullif(p.self_pay, 0)), '救助' || in_yuan(nullif(p.medical_aid_amount, 0))) END,
        CASE WHEN p.in_school THEN '就学：' || concat_ws('，', p.school, p.enrolment, CASE WHEN p.school_aided THEN '已资助' END) END,
        '劳动力：' || p.labour) AS told
FROM report_visit v
JOIN (
    SELECT subject AS visit, person_id FROM member_of_listed_household
    UNION ALL SELECT visit, substr(visit, 8) FROM report_visit WHERE starts_with(visit, 'person|')
) m ON m.visit = v.visit
JOIN person p ON p.person_id = m.person_id AND told_town(p.town) = v.report_town
LEFT JOIN (SELECT person_id, min(relation) AS relation FROM dibao_row GROUP BY person_id) d
    -- within the key: beside it DuckDB would compare everybody with everybody
    ON d.person_id = CASE WHEN starts_with(v.visit, 'dibao|') THEN p.person_id END;
