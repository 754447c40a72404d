-- What the reports share, computed once: dozens of files read it. A finding
-- without a town goes to a folder of its own; categories and severities have
-- an order that is not the alphabet's; the evidence is told as places in files, of
-- an earlier day's with the day.
CREATE OR REPLACE TEMP TABLE report_finding AS
WITH source AS (
    SELECT DISTINCT finding_id, s.roster, s.path, s.sheet, s."row", s.as_of
    FROM (SELECT finding_id, unnest(flatten(list_transform(
        from_json(evidence, '{"facts":[{"sources":[{"roster":"VARCHAR","path":"VARCHAR","sheet":"VARCHAR","row":"INTEGER","as_of":"VARCHAR"}]}]}').facts,
        f -> f.sources))) AS s FROM finding)
), in_sheet AS (
    SELECT finding_id, roster, path, coalesce(sheet, '') AS sheet, as_of, string_agg("row"::VARCHAR, '、' ORDER BY "row") AS "rows"
    FROM source GROUP BY ALL
), told AS (
    SELECT finding_id, string_agg(roster || '《' || path || '》' || coalesce('（' || as_of || '）', '') || CASE WHEN sheet = '' THEN '' ELSE sheet || ' ' END || '第' || "rows" || '行',
        chr(10) ORDER BY roster, as_of NULLS FIRST, path, sheet) AS places
    FROM in_sheet GROUP BY finding_id
)
SELECT f.* EXCLUDE (evidence), told_town(f.town) AS report_town,
    r.name AS rule_name, r."check" AS check_text, r.attachment2, told.places,
    category_position(f.category) AS category_position,
    list_position(['high', 'medium', 'low'], f.severity) AS severity_position,
    CASE f.severity WHEN 'high' THEN '高' WHEN 'medium' THEN '中' ELSE '低' END AS severity_label,
    CASE f.confidence WHEN 'high' THEN '高' WHEN 'medium' THEN '中' ELSE '低' END AS confidence_label,
    CASE f.status WHEN 'open' THEN '待核实' WHEN 'reopened' THEN '再次出现' WHEN 'confirmed' THEN '已属实' END AS status_label
FROM finding f LEFT JOIN rule r USING (rule_id) LEFT JOIN told USING (finding_id);

-- What happened to findings, and whether one stands open after it.
CREATE OR REPLACE TEMP TABLE report_turn AS
SELECT finding_id, seq, at, event, (event NOT IN ('cleared', 'dismissed', 'rectified'))::INTEGER AS stands
FROM main.finding_event WHERE event NOT IN ('seen', 'noted')
QUALIFY is_news(event, lag(event) OVER (PARTITION BY finding_id ORDER BY seq));

-- What is true: confirmed, or confirmed and put right, also where a later answer says how far
-- the town is with it.
CREATE OR REPLACE TEMP TABLE report_true AS
SELECT finding_id FROM ledger_finding WHERE status = 'confirmed'
UNION
SELECT finding_id FROM report_turn GROUP BY finding_id HAVING arg_max(event, seq) = 'rectified';

-- The run days, each with the ledger's last event that its last run knew: what was answered
-- later that day is news to the next.
CREATE OR REPLACE TEMP TABLE report_day AS
SELECT r.as_of AS day, max(coalesce(json_extract_string(r.manifest, '$.ledger.events')::BIGINT,
    (SELECT max(e.seq) FROM main.finding_event e WHERE e.at <= r.as_of), 0)) AS seq
FROM main.run r, tonight t WHERE r.as_of <= t.as_of GROUP BY r.as_of;

-- The lines of findings.csv.
CREATE OR REPLACE TEMP TABLE report_line AS
SELECT finding_id, row_number() OVER (ORDER BY coalesce(town, ''), category_position, severity_position, rule_id,
    coalesce(household_no, ''), coalesce(id_number, ''), finding_id) AS line
FROM report_finding;

CREATE OR REPLACE TEMP TABLE report_town AS
SELECT town, min(position) AS position FROM (
    SELECT name AS town, position FROM town
    UNION ALL SELECT DISTINCT town, 1000000 FROM household WHERE town <> ''
    UNION ALL SELECT told_town(''), 3000000 FROM household WHERE coalesce(town, '') = ''
    UNION ALL SELECT DISTINCT report_town, CASE report_town WHEN told_town('') THEN 3000000 ELSE 2000000 END FROM report_finding
) GROUP BY town;

-- All towns that a list of the district's may tell of. A confirmed finding that was put right
-- in a town that is on no list is in nobody's folder; Attachment 2 counts it, and 已了结 lists it.
CREATE OR REPLACE TEMP TABLE report_place AS
SELECT town, min(position) AS position FROM (
    FROM report_town
    UNION ALL SELECT told_town(town), CASE WHEN coalesce(town, '') IN ('', told_town('')) THEN 3000000 ELSE 2000000 END FROM (
        SELECT town FROM main.finding_detail UNION SELECT town FROM roster_change UNION SELECT town FROM priority_uncovered
        UNION SELECT town FROM priority_covered UNION SELECT town FROM priority_disabled UNION SELECT town FROM priority_spending
    )
) GROUP BY town;

-- Members of poor households, with their household's numbers.
CREATE OR REPLACE TEMP VIEW report_poor AS
SELECT p.*, told_town(h.town) AS report_town, h.type AS household_type, h.risk_eliminated AS eliminated
FROM person p JOIN household h USING (household_id);

-- How many of each priority group a town is to visit, and how many of them have a doubt.
CREATE OR REPLACE TEMP TABLE report_priority AS
WITH home AS MATERIALIZED (
    SELECT person_id, coalesce(household_id, dibao_household_id, person_id) AS household FROM person
    WHERE person_id IN (SELECT person_id FROM priority_covered UNION ALL SELECT person_id FROM priority_disabled UNION ALL SELECT person_id FROM priority_spending)
), listed AS (
    SELECT 1 AS position, '(一) 未纳入保障的建档立卡及监测户' AS label, '重点一未纳入保障户' AS view, town, household_id AS household, NULL AS person_id, members AS persons FROM priority_uncovered
    UNION ALL SELECT 2, '(二) 低保、特困、临时救助、边缘户和监测对象', '重点二享受保障和监测对象', g.town, p.household, g.person_id, 1
    FROM priority_covered g JOIN home p USING (person_id)
    UNION ALL SELECT 3, '(三) 低收入重度残疾人', '重点三重度残疾人', g.town, p.household, g.person_id, 1
    FROM priority_disabled g JOIN home p USING (person_id)
    UNION ALL SELECT 4, '(四) 因病刚性支出过大', '重点四因病因学支出过大', g.town, p.household, g.person_id, 1
    FROM priority_spending g JOIN home p USING (person_id) WHERE by_illness
    UNION ALL SELECT 5, '(四) 因学刚性支出过大', '重点四因病因学支出过大', g.town, p.household, g.person_id, 1
    FROM priority_spending g JOIN home p USING (person_id) WHERE by_schooling
), doubtful AS (
    SELECT household_id AS key FROM report_finding WHERE household_id IS NOT NULL UNION SELECT person_id FROM report_finding WHERE person_id IS NOT NULL
)
SELECT l.position, l.label, t.position AS town_position, t.town,
    count(DISTINCT l.household) AS households, sum(l.persons)::BIGINT AS persons,
    count(DISTINCT l.household) FILTER (WHERE l.household IN (FROM doubtful) OR l.person_id IN (FROM doubtful)) AS doubted,
    any_value(l.view) AS view
FROM listed l JOIN report_place t ON t.town = told_town(l.town)
GROUP BY l.position, l.label, t.position, t.town;
