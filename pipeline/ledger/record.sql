-- One night in the ledger. found: tonight's findings; rule: which rules could
-- speak tonight; rule_suspended, withheld: where they could not; moving_fact:
-- facts that change by themselves; finding_state and finding_event: the ledger so far.

-- 1. What was seen differs: the facts alone count, for a file under a new name or
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
SELECT finding_id, unnest(map_keys(facts)) AS fact, unnest(map_values(facts)) AS value
FROM (
    SELECT finding_id, facts::JSON::MAP(VARCHAR, VARCHAR) AS facts
    FROM main.verdict JOIN finding_state s USING (finding_id) WHERE s.status = 'dismissed' AND finding_id IN (SELECT finding_id FROM found)
    QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY seq DESC) = 1
)
UNION ALL BY NAME
SELECT finding_id, f.fact, f.value FROM (
    SELECT finding_id, unnest(told_facts(evidence)) AS f
    FROM finding_detail JOIN finding_state s USING (finding_id)
    WHERE s.status IN ('open', 'reopened', 'confirmed') AND finding_id IN (FROM differing)
);

CREATE OR REPLACE TEMP TABLE changed AS
SELECT n.finding_id, string_agg(f.label || '：' || coalesce(nullif(b.value, ''), '空白') || ' → ' || coalesce(nullif(f.value, ''), '空白'), '；' ORDER BY f.label, f.fact) AS note
FROM (SELECT finding_id, unnest(told_facts(evidence)) AS f FROM found WHERE finding_id IN (SELECT finding_id FROM fact_before)) n
JOIN fact_before b ON b.finding_id = n.finding_id AND b.fact = n.f.fact
WHERE ageless(f.value) IS DISTINCT FROM ageless(b.value) AND b.fact NOT IN (FROM moving_fact)
GROUP BY n.finding_id;

-- Dismissed, and gone from the data since: who was said to be insured by now, and then was,
-- is found again if he is not next year, on the very same facts.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT finding_id FROM main.finding_event JOIN finding_state s USING (finding_id)
WHERE s.status = 'dismissed' AND event NOT IN ('seen', 'noted')
GROUP BY finding_id HAVING arg_max(event, seq) = 'cleared';

-- 2. What happens tonight.
CREATE OR REPLACE TEMP TABLE turn AS
SELECT f.finding_id, f.rule_id, c.note,
    CASE WHEN s.finding_id IS NULL THEN 'opened'
         WHEN s.status = 'cleared' OR s.status = 'dismissed' AND (c.finding_id IS NOT NULL OR f.finding_id IN (FROM gone)) THEN 'reopened'
         WHEN s.status <> 'dismissed' AND c.finding_id IS NOT NULL THEN 'seen' END AS event
FROM found f LEFT JOIN finding_state s USING (finding_id) LEFT JOIN changed c USING (finding_id)
WHERE event IS NOT NULL
UNION ALL BY NAME
-- A rule that was not evaluated, or is suspended in the finding's town, cannot
-- say that a finding is gone.
SELECT s.finding_id, s.rule_id, unnest(CASE s.status WHEN 'confirmed' THEN ['cleared', 'rectified'] ELSE ['cleared'] END) AS event
FROM finding_state s JOIN rule r USING (rule_id) JOIN finding_detail d USING (finding_id)
WHERE s.status <> 'cleared' AND s.finding_id NOT IN (FROM gone) AND r.status = '已执行'
  AND NOT EXISTS (FROM found f WHERE f.finding_id = s.finding_id)
  AND NOT EXISTS (FROM rule_suspended x WHERE x.rule_id = s.rule_id AND x.town = d.town)
  AND s.finding_id NOT IN (SELECT finding_id FROM withheld);

INSERT INTO pending_event SELECT finding_id, as_of, event, 'hedui', note, run_id FROM turn, tonight;

-- 3. The state that follows from it. What was dismissed stays so when it goes: nobody put it right.
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
DROP TABLE gone;
DROP TABLE changed;
DROP TABLE fact_before;
DROP TABLE differing;
