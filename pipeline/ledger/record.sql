-- One night in the ledger. found: tonight's findings; rule: which rules could
-- speak tonight; rule_suspended, withheld: where they could not; moving_fact:
-- facts that change by themselves, cell_fact: that say what a cell does; rule_righted: by which words of a person a rule's
-- finding is put right; rule_passing: whose are gone with the next list; rule_successor: which rules go on telling
-- of its subject; rule_newcomer: which held rosters it leans on; held_newcomer: whom only such list as new;
-- rule_blind: which columns it does without tonight; told_column: on which nights the rosters had columns that none of tonight's sheets has; person, household, dibao_household: who and what stands in the
-- rosters tonight; identity_link, roster_row: whose number is doubted, and where it stands; finding_person: whom tonight's findings are about; finding_state,
-- finding_detail, finding_event: the ledger so far; finding_alias, finding_member: see the schema.

-- Dismissed, and gone from the data before or since: who was said to be insured by now, and
-- was, is found again if he is not next year, on the very same facts.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT finding_id FROM main.finding_event JOIN finding_state s USING (finding_id)
WHERE s.status = 'dismissed' AND event IN ('opened', 'cleared', 'reopened')
GROUP BY finding_id HAVING arg_max(event, seq) = 'cleared';

-- 1. Household numbers are issued again: found under the id of a household none of whose
-- people this one has, nor its head's name, is another's problem.
CREATE OR REPLACE TEMP TABLE anothers AS
SELECT f.finding_id, f.rule_id
FROM found f JOIN finding_detail d USING (finding_id)
WHERE f.level = 'household' AND bare(f.name) <> bare(d.name) AND f.finding_id IN (SELECT finding_id FROM finding_member)
  AND f.finding_id NOT IN (SELECT finding_id FROM finding_member SEMI JOIN finding_person USING (finding_id, person_id));

-- Of whom another rule tells now. What a visit confirmed is not put right by that.
CREATE OR REPLACE TEMP TABLE taken_over AS
SELECT DISTINCT d.finding_id
FROM finding_detail d JOIN rule_successor x ON x.rule_id = d.rule_id
JOIN found f ON f.rule_id = x.successor AND f.level = d.level AND f.person_id = d.person_id
WHERE f.level <> 'household' OR f.household_id IS NOT DISTINCT FROM d.household_id;

-- Who may be whom: a number that one department put right is still another's as it was.
CREATE OR REPLACE TEMP TABLE doubted AS
SELECT DISTINCT unnest([person_id, resolved_number]) AS person_id, unnest([resolved_number, person_id]) AS other
FROM identity_link WHERE method = '疑似录入错误';

-- Of whom nothing can be said to be gone: a town that is held lists them as new, or took them in
-- while the rule is suspended there; or a roster that told of them has them under another number by
-- now, and not all have. Their findings wait for the town's release, or until the
-- rosters agree, to go on or to be cleared.
CREATE OR REPLACE TEMP TABLE taken_in AS
WITH subject AS (
    SELECT finding_id, rule_id, person_id FROM finding_detail WHERE level <> 'row'
    UNION SELECT finding_id, d.rule_id, m.person_id FROM finding_member m JOIN finding_detail d USING (finding_id)
), put_right AS ( -- in this roster
    SELECT o.person_id, r.kind FROM doubted o JOIN roster_row r ON r.person_id = o.other
    EXCEPT SELECT person_id, kind FROM roster_row WHERE person_id IN (SELECT person_id FROM doubted)
)
SELECT s.finding_id FROM subject s JOIN rule_newcomer x USING (rule_id) JOIN main.held_newcomer n ON n.kind = x.kind AND n.id_number = s.person_id
UNION
SELECT s.finding_id FROM subject s JOIN person p USING (person_id) JOIN rule_suspended x ON x.rule_id = s.rule_id AND x.town = p.town
UNION
SELECT s.finding_id FROM subject s JOIN finding_detail d USING (finding_id) JOIN put_right r ON r.person_id = s.person_id
WHERE contains(d.evidence, '"kind":"' || r.kind || '"') AND d.confidence IS DISTINCT FROM 'low';

-- What the data show no more. A rule that was not evaluated, or is suspended in the
-- finding's town, cannot say that a finding is gone.
CREATE OR REPLACE TEMP TABLE lost AS
SELECT s.finding_id, s.rule_id, s.status
FROM finding_state s JOIN rule r USING (rule_id) JOIN finding_detail d USING (finding_id)
WHERE s.status <> 'cleared' AND s.finding_id NOT IN (FROM gone) AND r.status = '已执行'
  AND s.finding_id NOT IN (SELECT finding_id FROM found WHERE finding_id NOT IN (SELECT finding_id FROM anothers))
  AND NOT EXISTS (FROM rule_suspended x WHERE x.rule_id = s.rule_id AND x.town = d.town)
  AND s.finding_id NOT IN (SELECT finding_id FROM withheld)
  AND NOT (s.status = 'confirmed' AND s.finding_id IN (FROM taken_over))
  -- a column that may have told of it is gone with a file's new layout
  AND NOT EXISTS (FROM rule_blind b JOIN told_column c USING (kind, column_name) WHERE b.rule_id = s.rule_id AND c.as_of = s.last_seen);

-- That of it which goes on under another number, and takes its id along: whose ID number was
-- put right, whose household was numbered anew, whose town has a new name. Otherwise putting
-- a number right would count as 整改完成, and the next visit be to somebody visited before.
CREATE OR REPLACE TEMP TABLE carried AS
WITH standing AS (
    SELECT d.finding_id, d.rule_id, d.level, d.person_id, bare(d.name) AS name, d.id_number, d.household_no, d.town
    FROM lost JOIN finding_detail d USING (finding_id) WHERE d.level <> 'row' AND d.name <> ''
), fresh AS (
    SELECT finding_id, rule_id, level, person_id, bare(name) AS name, household_no, town
    FROM found WHERE finding_id NOT IN (SELECT finding_id FROM finding_state) OR finding_id IN (SELECT finding_id FROM anothers)
), pair AS (
    -- a person who is in no roster any more, or is doubted to be the other, and one of the name in the town, or in the household
    SELECT s.*, f.finding_id AS fresh_id
    FROM standing s JOIN fresh f ON f.rule_id = s.rule_id AND f.level = s.level AND f.name = s.name AND f.town = s.town
    WHERE (s.person_id NOT IN (SELECT person_id FROM person) OR (s.person_id, f.person_id) IN (SELECT (person_id, other) FROM doubted)) AND coalesce(f.household_no = s.household_no, true)
    UNION
    -- a household that is no more, or whose number another one has, and one of the same head
    SELECT s.*, f.finding_id FROM standing s JOIN fresh f ON f.rule_id = s.rule_id AND f.level = s.level AND f.person_id = s.person_id
    WHERE s.finding_id IN (SELECT finding_id FROM anothers) OR f.household_no = s.household_no AND f.town = s.town OR NOT EXISTS (
        FROM (SELECT town, household_no FROM household UNION ALL SELECT town, household_no FROM dibao_household) h
        WHERE h.household_no = s.household_no AND h.town IS NOT DISTINCT FROM s.town)
)
FROM pair QUALIFY count(*) OVER (PARTITION BY finding_id) = 1 AND count(*) OVER (PARTITION BY fresh_id) = 1;

-- Which id is known by which from tonight. Ids change places: should somebody turn up under
-- the number that was left one day, that is another finding.
CREATE OR REPLACE TEMP TABLE exchanged AS
WITH given AS (
    SELECT fresh_id, finding_id, as_of AS since, id_number, household_no, town FROM carried, tonight
    UNION ALL
    SELECT finding_id, rule_id || '-' || left(sha256(finding_id || '|' || as_of), 12), NULL, NULL, NULL, NULL
    FROM anothers, tonight WHERE finding_id NOT IN (SELECT fresh_id FROM carried)
), named AS (
    SELECT g.*, coalesce(f.name, g.fresh_id) AS name, coalesce(o.name, g.finding_id) AS name_left
    FROM given g LEFT JOIN finding_alias f ON f.finding_id = g.fresh_id LEFT JOIN finding_alias o ON o.finding_id = g.finding_id
)
SELECT name, finding_id, since, id_number, household_no, town, fresh_id FROM named
UNION ALL
SELECT n.name, i.finding_id, NULL, NULL, NULL, NULL, NULL
FROM (SELECT name_left AS name, row_number() OVER (ORDER BY name_left) AS n FROM named WHERE name_left NOT IN (SELECT name FROM named)) n
JOIN (SELECT fresh_id AS finding_id, row_number() OVER (ORDER BY fresh_id) AS n FROM named WHERE fresh_id NOT IN (SELECT finding_id FROM named)) i USING (n);

DELETE FROM finding_alias WHERE name IN (SELECT name FROM exchanged);
INSERT INTO finding_alias SELECT * EXCLUDE (fresh_id) FROM exchanged;

UPDATE found SET finding_id = x.finding_id FROM exchanged x WHERE x.fresh_id = found.finding_id;
UPDATE finding_person SET finding_id = x.finding_id FROM exchanged x WHERE x.fresh_id = finding_person.finding_id;

-- Whom the households' findings are about.
CREATE OR REPLACE TEMP TABLE member AS
FROM finding_person SEMI JOIN (SELECT finding_id FROM found WHERE level = 'household') USING (finding_id);
DELETE FROM finding_member WHERE finding_id IN (SELECT finding_id FROM found) AND (finding_id, person_id) NOT IN (SELECT (finding_id, person_id) FROM member);
INSERT INTO finding_member SELECT finding_id, person_id FROM member ANTI JOIN finding_member USING (finding_id, person_id) ORDER BY ALL;

-- A wrong exit that a visit confirmed is none the better for the look-back's end: it stands
-- until the person is covered again, or dead, or gone.
CREATE OR REPLACE TEMP TABLE righted AS
SELECT DISTINCT l.finding_id
FROM lost l JOIN finding_detail d USING (finding_id) JOIN rule_righted w ON w.rule_id = l.rule_id JOIN person p ON p.person_id = d.person_id
WHERE (NOT p.living OR (to_json(p) ->> w.word) = 'true');

-- 2. What was seen differs: the facts alone count, for a file under a new name or
-- a row further down is no news, and neither is an age. The evidence by its digest:
-- that of a hundred thousand findings is half a gigabyte.
CREATE OR REPLACE TEMP TABLE differing AS
SELECT finding_id FROM (
    SELECT * EXCLUDE (subject) REPLACE (md5(evidence) AS evidence) FROM found
    EXCEPT
    SELECT * REPLACE (md5(evidence) AS evidence) FROM finding_detail
);

CREATE OR REPLACE TEMP TABLE fact_before AS
-- A dismissed finding is measured by what it was dismissed on, however slowly it changes.
SELECT finding_id, unnest(map_keys(facts)) AS fact, unnest(map_values(facts)) AS value, true AS dismissed
FROM (
    SELECT finding_id, facts::JSON::MAP(VARCHAR, VARCHAR) AS facts
    FROM main.verdict JOIN finding_state s USING (finding_id) WHERE s.status = 'dismissed' AND finding_id IN (SELECT finding_id FROM found)
    QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY seq DESC) = 1
)
UNION ALL
SELECT finding_id, f.fact, f.value, false FROM (
    SELECT finding_id, unnest(told_facts(evidence)) AS f
    FROM finding_detail JOIN finding_state s USING (finding_id)
    WHERE s.status IN ('open', 'reopened', 'confirmed') AND finding_id IN (FROM differing)
);

CREATE OR REPLACE TEMP TABLE changed AS
SELECT n.finding_id, string_agg(f.label || '：' || coalesce(nullif(b.value, ''), '空白') || ' → ' || coalesce(nullif(f.value, ''), '空白'), '；' ORDER BY f.label, f.fact) AS note
FROM (SELECT finding_id, unnest(told_facts(evidence)) AS f FROM found WHERE finding_id IN (SELECT finding_id FROM fact_before)) n
JOIN fact_before b ON b.finding_id = n.finding_id AND b.fact = n.f.fact
WHERE ageless(f.value) IS DISTINCT FROM ageless(b.value) AND b.fact NOT IN (FROM moving_fact)
  -- A roster whose column came blank for a night would bring back all that was dismissed, for good.
  AND NOT (b.dismissed AND coalesce(f.value, '') IN ('', '空白') AND b.fact IN (FROM cell_fact) AND len(f.sources) > 0)
GROUP BY n.finding_id;

-- 3. What happens tonight.
CREATE OR REPLACE TEMP TABLE turn AS
SELECT f.finding_id, f.rule_id, c.note,
    CASE WHEN s.finding_id IS NULL THEN 'opened'
         WHEN s.status = 'cleared' OR s.status = 'dismissed' AND (c.finding_id IS NOT NULL OR f.finding_id IN (FROM gone)) THEN 'reopened'
         WHEN s.status <> 'dismissed' AND c.finding_id IS NOT NULL THEN 'seen' END AS event
FROM found f LEFT JOIN finding_state s USING (finding_id) LEFT JOIN changed c USING (finding_id)
WHERE event IS NOT NULL
UNION ALL BY NAME
SELECT finding_id, rule_id, unnest(CASE status WHEN 'confirmed' THEN ['cleared', 'rectified'] ELSE ['cleared'] END) AS event,
    -- that nobody looked into it must not be read as that it is well
    CASE WHEN status IN ('open', 'reopened') AND rule_id IN (FROM rule_passing) AND finding_id NOT IN (FROM righted)
        THEN '名册又来了一期，不再与更早的一期相比；没有核查过的，仍请核实' END AS note
FROM lost WHERE finding_id NOT IN (SELECT finding_id FROM carried) AND finding_id NOT IN (FROM taken_in)
  AND NOT (status = 'confirmed' AND rule_id IN (SELECT rule_id FROM rule_righted) AND finding_id NOT IN (FROM righted));

INSERT INTO pending_event SELECT finding_id, as_of, event, 'hedui', note, run_id FROM turn, tonight;

-- 4. The state that follows from it. What was dismissed stays so when it goes: nobody put it right.
UPDATE finding_state SET status = t.event
FROM turn t WHERE t.finding_id = finding_state.finding_id AND (t.event = 'reopened' OR t.event = 'cleared' AND finding_state.status <> 'dismissed');

INSERT INTO finding_state
SELECT t.finding_id, t.rule_id, 'open', as_of, as_of
FROM turn t, tonight WHERE t.event = 'opened' ORDER BY t.finding_id;

UPDATE finding_state SET last_seen = tonight.as_of
FROM found f, tonight
WHERE f.finding_id = finding_state.finding_id AND finding_state.last_seen IS DISTINCT FROM tonight.as_of;

DELETE FROM finding_detail WHERE finding_id IN (FROM differing);

INSERT INTO finding_detail BY NAME
SELECT f.* EXCLUDE (subject) FROM found f WHERE finding_id IN (FROM differing);

DROP TABLE turn;
DROP TABLE member;
DROP TABLE righted;
DROP TABLE taken_over;
DROP TABLE taken_in;
DROP TABLE doubted;
DROP TABLE exchanged;
DROP TABLE carried;
DROP TABLE lost;
DROP TABLE anothers;
DROP TABLE gone;
DROP TABLE changed;
DROP TABLE fact_before;
DROP TABLE differing;
