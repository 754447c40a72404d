-- From hits to findings, once for all rules: who is involved, how sure their
-- identity is, where every fact stands, and what a list says about its subject.
CREATE OR REPLACE TEMP TABLE involved AS
SELECT DISTINCT h.scope, h.subject, m.person_id,
    -- the household as its roster's rows have it
    CASE h.scope WHEN 'household' THEN 'registered_poor|' || h.subject WHEN 'dibao_household' THEN 'dibao|' || h.subject WHEN 'listed_household' THEN h.subject END AS home
FROM (SELECT DISTINCT scope, subject FROM hit) h JOIN (
    SELECT 'person' AS scope, person_id AS subject, person_id FROM person WHERE person_id IN (SELECT subject FROM hit WHERE scope = 'person')
    UNION ALL SELECT 'household', subject, person_id FROM member_of_household
    UNION ALL SELECT 'dibao_household', subject, person_id FROM member_of_dibao_household
    UNION ALL SELECT 'listed_household', subject, person_id FROM member_of_listed_household
    UNION ALL SELECT 'row', row_id, person_id FROM roster_row WHERE row_id IN (SELECT subject FROM hit WHERE scope = 'row')
) m ON m.scope = h.scope AND m.subject = h.subject;

-- What a poor household has in common stands in one of its rows, the head's as a rule, who may
-- be struck off: that row tells it too, for in others the cell may be blank.
CREATE OR REPLACE TEMP TABLE told_by_home AS
SELECT household_id, fact, to_json({'kind': k.kind, 'roster': k.label, 'path': at.path, 'sheet': at.sheet, 'row': at.row}) AS place
FROM (
    SELECT household_id, unnest(['poor_type', 'type', 'income_per_capita', 'poor_income_monthly']) AS fact,
        unnest([type_place, type_place, income_place, income_place]) AS at
    FROM poor_household
) JOIN roster_state k ON k.kind = 'registered_poor'
WHERE at IS NOT NULL;

CREATE OR REPLACE TEMP MACRO told_too(rows, cited) AS
    list_concat(rows, list_filter(cited, row -> NOT list_contains(rows, row)));

-- Of a dibao household's facts that somebody's own row leaves blank, the row that tells it.
CREATE OR REPLACE TEMP TABLE told_by_head AS
SELECT person_id, fact, list(DISTINCT place ORDER BY place) AS places
FROM (
    SELECT person_id, fact, to_json({'kind': k.kind, 'roster': k.label, 'path': at.path, 'sheet': at.sheet, 'row': at.row}) AS place FROM (
        SELECT person_id, unnest(['dibao_category', 'dibao_tier', 'dibao_amount', 'dibao_start']) AS fact,
            unnest([CASE WHEN r.category IS NULL THEN category_place END, CASE WHEN r.tier IS NULL THEN tier_place END,
                CASE WHEN r.amount IS NULL THEN amount_place END, CASE WHEN r.start_month IS NULL THEN start_place END]) AS at
        FROM dibao_row r JOIN dibao_household USING (dibao_household_id) WHERE person_id IN (SELECT person_id FROM involved)
    ) JOIN roster_state k ON k.kind = 'dibao' WHERE at IS NOT NULL
) GROUP BY person_id, fact;

-- A row's finding is told by that row alone, everybody else's by all of their rows that are in
-- force, a household's of its own roster by the household's. The others are told besides, for who
-- asks after all. Of verification every item has a list of its own too, kind:item, and so has a
-- fact that a row of the household tells besides, kind:fact.
CREATE OR REPLACE TEMP TABLE told_by AS
WITH marked AS MATERIALIZED (
    SELECT row_id, in_force, home, item FROM (
        SELECT row_id, person_id, in_force, 'registered_poor|' || coalesce(town, '') || '|' || coalesce(household_no, person_id) AS home, NULL AS item FROM registered_poor
        UNION ALL SELECT row_id, person_id, in_force, 'dibao|' || coalesce(town, '') || '|' || coalesce(household_no, person_id), NULL FROM dibao
        UNION ALL SELECT row_id, person_id, in_force, 'tekun|' || person_id, NULL FROM tekun
        UNION ALL
        SELECT row_id, person_id, true, NULL, CASE WHEN v.item IN ('death', 'moved') OR v.item = 'custody' AND NOT exempted THEN v.item WHEN counts AND NOT exempted THEN 'asset' END
        FROM verification_row v LEFT JOIN verification_hit USING (person_id, item), policy WHERE v.item_date IS NULL OR v.item_date <= as_of
    ) WHERE person_id IN (SELECT person_id FROM involved)
), own AS MATERIALIZED (
    SELECT r.scope, r.subject, r.teller,
        list(to_json({'kind': r.kind, 'roster': k.label, 'path': r.path, 'sheet': r.sheet, 'row': r.row_number}) ORDER BY r.place) AS places
    FROM ( -- a household written as one row stands there once
        SELECT DISTINCT i.scope, i.subject, r.kind, r.path, r.sheet, r.row_number, r.place,
            unnest([CASE WHEN i.scope = 'row' OR coalesce(m.in_force, true) AND coalesce(NOT starts_with(i.home, r.kind || '|') OR m.home = i.home, true)
                THEN r.kind ELSE r.kind || ':besides' END, r.kind || ':' || m.item]) AS teller
        FROM involved i
        JOIN (SELECT * FROM roster_row WHERE person_id IN (SELECT person_id FROM involved)) r ON r.person_id = i.person_id
        LEFT JOIN marked m ON m.row_id = r.row_id
        WHERE i.scope <> 'row' OR r.row_id = i.subject
    ) r
    JOIN roster_state k ON k.kind = r.kind
    WHERE r.teller IS NOT NULL
    GROUP BY r.scope, r.subject, r.teller
)
SELECT scope, subject, map(list(teller), list(places)) AS places FROM (
    FROM own
    UNION ALL
    SELECT own.scope, own.subject, own.teller || ':' || h.fact, list_append(own.places, h.place)
    -- the scope within the key: a condition beside it has DuckDB compare all with all
    FROM own LEFT JOIN person p ON p.person_id = CASE own.scope WHEN 'person' THEN own.subject END
    JOIN told_by_home h ON h.household_id = CASE own.scope WHEN 'person' THEN p.household_id WHEN 'household' THEN own.subject END
    WHERE own.teller = 'registered_poor' AND NOT list_contains(own.places, h.place)
    UNION ALL
    SELECT own.scope, own.subject, own.teller || ':' || h.fact, told_too(own.places, h.places)
    FROM own JOIN told_by_head h ON h.person_id = own.subject WHERE own.scope = 'person' AND own.teller = 'dibao'
) GROUP BY scope, subject;

-- The rows that rules name as facts: of an earlier list with the day on which it was in force, and
-- the file's digest unless another was held then.
CREATE OR REPLACE TEMP TABLE cited AS
WITH past_file AS (
    SELECT r.as_of, f.kind, f.path, f.sha256
    FROM file_digest f JOIN (SELECT as_of, arg_max(run_id, started_at) AS run_id FROM run GROUP BY as_of) r USING (run_id)
    WHERE (f.run_id, f.kind) NOT IN (SELECT (run_id, kind) FROM hold WHERE accepted_by IS NULL)
), named AS (
    SELECT rule_id, scope, subject, fact, unnest(rows) AS at, generate_subscripts(rows, 1) AS position
    FROM (SELECT rule_id, scope, subject, f.fact, f.rows FROM (SELECT rule_id, scope, subject, unnest(facts) AS f FROM hit WHERE NOT suspended) WHERE f.rows IS NOT NULL)
)
SELECT rule_id, scope, subject, map(list(fact), list(rows)) AS rows FROM (
    SELECT n.rule_id, n.scope, n.subject, n.fact, list(json_merge_patch('{}', to_json({ -- which leaves out what is NULL
        'kind': k.kind, 'roster': k.label, 'path': n.at.path, 'sheet': n.at.sheet, 'row': n.at.row, 'as_of': n.at.as_of, 'sha256': left(p.sha256, 16)})) ORDER BY n.position) AS rows
    FROM named n JOIN roster_state k ON k.kind = n.at.kind
    LEFT JOIN past_file p ON p.as_of = n.at.as_of AND p.kind = n.at.kind AND p.path = n.at.path
    GROUP BY n.rule_id, n.scope, n.subject, n.fact
) GROUP BY rule_id, scope, subject;

CREATE OR REPLACE TEMP TABLE sure AS
SELECT scope, subject, count(*)::INTEGER AS members,
    max(CASE id_quality WHEN 'exact' THEN 0 WHEN 'repaired' THEN 1 ELSE 2 END) AS doubt
FROM involved JOIN (SELECT person_id, id_quality FROM person WHERE person_id IN (SELECT person_id FROM involved)) USING (person_id)
GROUP BY scope, subject;

-- Numbers that go under several names, which no bracket, blank or unreadable character explains,
-- and the name under which their person is told.
CREATE OR REPLACE TEMP TABLE misnamed AS
SELECT person_id, string_agg(name, '、' ORDER BY name) AS names, any_value(name_key) FILTER (WHERE own) AS name_key
FROM (
    SELECT person_id, r.name_key, min(r.name) AS name, bool_or(r.name = p.name) AS own
    FROM roster_row r JOIN (SELECT person_id, name FROM person WHERE person_id IN (SELECT person_id FROM called_names)) p USING (person_id)
    WHERE r.name_key <> '' AND NOT contains(r.name_key, '?') GROUP BY ALL
) GROUP BY person_id HAVING count(*) > 1;

-- Rows whose number nobody can read, or whose number is another's by its name (the head's,
-- copied down), may be of somebody of that name in that town who stands in that roster under
-- no number: what a rule says for want of such a row is in doubt, and the row is told with it.
-- So is what it says of who seems to have left a household in which the name goes on.
CREATE OR REPLACE TEMP TABLE namesake AS
WITH blurred AS MATERIALIZED (
    SELECT r.kind, r.person_id, r.name_key, r.town, r.place, {'kind': r.kind, 'roster': k.label, 'path': r.path, 'sheet': r.sheet, 'row': r.row_number} AS row
    FROM roster_row r JOIN roster_state k USING (kind)
    LEFT JOIN misnamed own USING (person_id)
    WHERE r.name_key <> '' AND (r.id_quality = 'unresolved' OR r.name_key <> own.name_key)
), asked AS MATERIALIZED (
    SELECT scope, subject, person_id, NULL AS kind FROM involved WHERE scope <> 'row'
    UNION ALL -- aid is the whole household's
    SELECT 'person', i.subject, o.person_id, 'temporary_aid' FROM involved i
    JOIN member_of_household m USING (person_id) JOIN member_of_household o ON o.subject = m.subject AND o.person_id <> i.person_id
    WHERE i.scope = 'person'
), called AS MATERIALIZED (
    SELECT DISTINCT person_id, name_key, town FROM roster_row
    WHERE id_quality <> 'unresolved' AND name_key IN (SELECT name_key FROM blurred) AND person_id IN (SELECT person_id FROM asked)
), may_be AS (
    SELECT DISTINCT c.person_id, b.kind, b.place, b.row
    FROM called c JOIN blurred b ON b.name_key = c.name_key AND b.person_id <> c.person_id AND coalesce(b.town = c.town, true)
    WHERE NOT EXISTS (FROM roster_row r WHERE r.person_id = c.person_id AND r.kind = b.kind)
    UNION
    SELECT g.person_id, r.kind, r.place, {'kind': r.kind, 'roster': k.label, 'path': r.path, 'sheet': r.sheet, 'row': r.row_number}
    FROM goes_on g JOIN roster_row r USING (row_id) JOIN roster_state k USING (kind) WHERE g.person_id IN (SELECT person_id FROM asked)
)
SELECT a.scope, a.subject, list(DISTINCT m.kind) AS kinds, list(DISTINCT m.row ORDER BY m.row) AS rows
FROM asked a JOIN may_be m ON m.person_id = a.person_id WHERE coalesce(a.kind = m.kind, true) GROUP BY a.scope, a.subject;

-- Rows of a roster that is held may be out of date: who went from dibao to tekun while his
-- town's list of dibao is missing stands in both.
CREATE OR REPLACE TEMP TABLE kept AS
SELECT DISTINCT i.scope, i.subject, r.kind
FROM held_scope s JOIN roster_row r ON r.kind = s.kind AND s.town IN ('', r.town)
JOIN involved i ON i.person_id = r.person_id AND (i.scope <> 'row' OR i.subject = r.row_id);

CREATE OR REPLACE TEMP TABLE about AS
WITH subject AS MATERIALIZED (
    SELECT 'person' AS scope, subject, subject AS person_id, NULL AS name, NULL AS household_no, NULL AS town, NULL AS village, NULL AS household_id FROM hit WHERE scope = 'person'
    UNION
    SELECT 'household', household_id, head_person_id, NULL, household_no, town, village, household_id FROM household
    WHERE household_id IN (SELECT subject FROM hit WHERE scope = 'household')
    UNION
    SELECT 'dibao_household', dibao_household_id, head_person_id, NULL, household_no, town, village, NULL FROM dibao_household
    WHERE dibao_household_id IN (SELECT subject FROM hit WHERE scope = 'dibao_household')
    UNION
    SELECT 'listed_household', listed_household_id, head_person_id, head_name, household_no, town, village, NULL FROM listed_household
    WHERE listed_household_id IN (SELECT subject FROM hit WHERE scope = 'listed_household')
    UNION
    SELECT 'row', row_id, person_id, name, household_no, town, village, household_id FROM roster_row
    LEFT JOIN (SELECT row_id, household_no, household_id FROM poor_row WHERE row_id IN (SELECT subject FROM hit WHERE scope = 'row')) USING (row_id)
    WHERE row_id IN (SELECT subject FROM hit WHERE scope = 'row')
), known AS MATERIALIZED ( -- one look at everybody
    SELECT person_id, household_id, id_number, name, household_no, town, village FROM person
    WHERE person_id IN (SELECT person_id FROM subject)
)
SELECT s.scope, s.subject, s.person_id, coalesce(s.household_id, p.household_id) AS household_id, p.id_number,
    -- a row and a household that is gone are told as written, where they are not known otherwise
    CASE s.scope WHEN 'row' THEN coalesce(s.name, p.name) ELSE coalesce(p.name, s.name) END AS name,
    -- two rows of one name without a number are one person, who may stand in two households: each is of its own
    CASE WHEN s.scope = 'dibao_household' OR s.household_id IS NOT NULL THEN s.household_no ELSE coalesce(s.household_no, p.household_no) END AS household_no,
    CASE s.scope WHEN 'person' THEN p.town WHEN 'row' THEN coalesce(p.town, s.town) ELSE s.town END AS town,
    CASE s.scope WHEN 'person' THEN p.village WHEN 'row' THEN coalesce(p.village, s.village) ELSE s.village END AS village
FROM subject s LEFT JOIN known p ON p.person_id = s.person_id;

-- The same problem has the same id every night, also under a number that was put right since:
-- the ledger notes by which of its findings such a subject goes on (pipeline/ledger/record.sql).
CREATE OR REPLACE TEMP MACRO plain_name(rule_id, subject) AS rule_id || '-' || left(sha256(rule_id || '|' || subject), 12);
CREATE OR REPLACE TEMP MACRO finding_name(rule_id, subject) AS
    coalesce((SELECT a.finding_id FROM finding_alias a WHERE a.name = plain_name(rule_id, subject)), plain_name(rule_id, subject));

CREATE OR REPLACE TEMP TABLE found AS
SELECT finding_name(h.rule_id, h.subject) AS finding_id,
    h.rule_id, r.category, r.level, r.severity,
    CASE greatest(coalesce(s.doubt, 0), h.doubt, CASE WHEN n.rows IS NOT NULL THEN 2 ELSE 0 END) WHEN 0 THEN 'high' WHEN 1 THEN 'medium' ELSE 'low' END AS confidence,
    a.person_id, a.household_id, a.id_number, a.name, a.household_no, a.town, a.village,
    coalesce(s.members, 1) AS subject_count, h.amount_at_stake,
    h.statement || CASE WHEN n.rows IS NOT NULL THEN '；同镇同名的一行证号看不清或对不上，请先核对是否同一人' ELSE '' END
        || CASE WHEN c.names IS NOT NULL AND r.category <> '数据质量' THEN '；这个证号在各名册的姓名不一致（' || c.names || '），请先核对是谁' ELSE '' END
        || coalesce('；' || o.rosters || '沿用上期数据，请先核对现状', '') AS statement,
    to_json({
        'facts': list_concat(list_transform(h.facts, f -> {'fact': f.fact, 'label': f.label, 'value': f.value,
            'sources': told_too(flatten(list_transform(f.kinds, k -> flatten(coalesce(nullif(t.places[k || ':' || f.fact], []), t.places[k], [])))), flatten(e.rows[f.fact]))}),
            CASE WHEN n.rows IS NOT NULL THEN [{'fact': 'namesake', 'label': '同镇同名而证号看不清或对不上的行',
                'value': array_to_string(list_transform(n.rows, p -> p.roster || ' ' || stands_at(p.path, p.sheet, p.row)), '、'), 'sources': list_transform(n.rows, p -> to_json(p))}] END),
        'conditions': x.conditions, 'compared': x.compared
    })::VARCHAR AS evidence,
    h.subject
FROM hit h
JOIN rule r ON r.rule_id = h.rule_id
JOIN (
    SELECT rule_id, any_value(conditions) AS conditions,
        list({'kind': k.kind, 'roster': k.label, 'rows': k.rows, 'files': k.files} ORDER BY k.kind) FILTER (WHERE k.kind IS NOT NULL) AS compared
    FROM rule_text t LEFT JOIN roster_state k ON list_contains(t.needs, k.kind) GROUP BY rule_id
) x ON x.rule_id = h.rule_id
JOIN about a ON a.scope = h.scope AND a.subject = h.subject
LEFT JOIN sure s ON s.scope = h.scope AND s.subject = h.subject
LEFT JOIN misnamed c ON c.person_id = CASE h.scope WHEN 'person' THEN h.subject END
LEFT JOIN told_by t ON t.scope = h.scope AND t.subject = h.subject
LEFT JOIN cited e ON e.rule_id = h.rule_id AND e.scope = h.scope AND e.subject = h.subject
LEFT JOIN (
    SELECT t.rule_id, n.scope, n.subject, list_filter(n.rows, p -> list_contains(t.doubted_by, p.kind)) AS rows
    FROM namesake n JOIN rule_text t ON list_has_any(n.kinds, t.doubted_by)
) n ON n.rule_id = h.rule_id AND n.scope = h.scope AND n.subject = h.subject
LEFT JOIN (
    SELECT t.rule_id, p.scope, p.subject, string_agg(k.label, '、' ORDER BY k.kind) AS rosters
    FROM kept p JOIN rule_text t ON list_contains(t.needs, p.kind) JOIN roster_state k ON k.kind = p.kind
    GROUP BY t.rule_id, p.scope, p.subject
) o ON o.rule_id = h.rule_id AND o.scope = h.scope AND o.subject = h.subject
WHERE NOT h.suspended;

-- What would have been found where a rule is suspended: neither told nor gone.
CREATE OR REPLACE TEMP TABLE withheld AS
SELECT finding_name(rule_id, subject) AS finding_id FROM hit WHERE suspended;

-- Whom a finding is about: of a household's finding all of its people.
CREATE OR REPLACE TEMP TABLE finding_person AS
SELECT DISTINCT finding_name(h.rule_id, h.subject) AS finding_id, i.person_id
FROM hit h JOIN involved i ON i.scope = h.scope AND i.subject = h.subject;
