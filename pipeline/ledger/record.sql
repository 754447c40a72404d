-- One night in the ledger. found: tonight's findings; rule: which rules could
-- speak tonight; rule_suspended, withheld: where they could not; finding_state
-- and finding_event: the ledger so far.

-- 1. What changes tonight. A finding that an operator dismissed is not
-- reported again; it stays dismissed here.
CREATE OR REPLACE TEMP TABLE turn AS
SELECT f.finding_id, f.rule_id,
    CASE WHEN s.finding_id IS NULL THEN 'opened'
         WHEN s.status = 'cleared' THEN 'reopened' END AS event
FROM found f LEFT JOIN finding_state s USING (finding_id)
WHERE s.finding_id IS NULL OR s.status = 'cleared'
UNION ALL BY NAME
-- A rule that was not evaluated, or is suspended in the finding's town, cannot
-- say that a finding is gone.
SELECT s.finding_id, s.rule_id, 'cleared' AS event
FROM finding_state s JOIN rule r USING (rule_id) JOIN finding_detail d USING (finding_id)
WHERE s.status IN ('open', 'reopened', 'confirmed') AND r.status = '已执行'
  AND NOT EXISTS (FROM found f WHERE f.finding_id = s.finding_id)
  AND NOT EXISTS (FROM rule_suspended x WHERE x.rule_id = s.rule_id AND x.town = d.town)
  AND s.finding_id NOT IN (SELECT finding_id FROM withheld);

INSERT INTO finding_event
SELECT finding_id, as_of, event, 'hedui', NULL, run_id
FROM turn, tonight ORDER BY event, finding_id;

-- 2. The state that follows from it.
UPDATE finding_state SET status = CASE t.event WHEN 'cleared' THEN 'cleared' ELSE 'reopened' END
FROM turn t WHERE t.finding_id = finding_state.finding_id;

INSERT INTO finding_state
SELECT t.finding_id, t.rule_id, 'open', as_of, as_of
FROM turn t, tonight WHERE t.event = 'opened' ORDER BY t.finding_id;

UPDATE finding_state SET last_seen = tonight.as_of
FROM found f, tonight
WHERE f.finding_id = finding_state.finding_id AND finding_state.last_seen IS DISTINCT FROM tonight.as_of;

-- What was seen: only rows that differ are written.
CREATE OR REPLACE TEMP TABLE differing AS
SELECT finding_id FROM (
    SELECT * EXCLUDE (subject) FROM found
    EXCEPT
    SELECT * FROM finding_detail
);

DELETE FROM finding_detail WHERE finding_id IN (FROM differing);

INSERT INTO finding_detail BY NAME
SELECT f.* EXCLUDE (subject) FROM found f JOIN differing USING (finding_id) ORDER BY finding_id;

-- 3. What stands open after tonight, also where its rule could not speak.
CREATE OR REPLACE TEMP TABLE finding AS
SELECT d.*, s.status, s.first_seen = tonight.as_of AS is_new, s.first_seen, s.last_seen, tonight.as_of
FROM finding_detail d JOIN finding_state s USING (finding_id), tonight
WHERE s.status IN ('open', 'reopened', 'confirmed');

DROP TABLE turn;
DROP TABLE differing;
