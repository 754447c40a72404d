-- What the ledger says, from the warehouse's own tables, as of tonight.

-- Every finding, also the cleared and the dismissed. home is whose door it is about, to
-- count households by: the poor household's, else the dibao household's, else the person's
-- own. A number is a household's in its town alone. The rows that told what was not looked at
-- tonight are those of the night that saw it last: in tonight's files other people may stand there.
CREATE OR REPLACE TEMP TABLE ledger_finding AS
SELECT d.* REPLACE (CASE WHEN s.last_seen < tonight.as_of THEN told_on(d.evidence, s.last_seen) ELSE d.evidence END AS evidence), s.status, s.first_seen = tonight.as_of AS is_new, s.first_seen, s.last_seen, tonight.as_of,
    v.verdict, v.measures, v.effect, v.done_on, v.checker, v.taken_on AS checked_on,
    coalesce(d.household_id, '低保|' || coalesce(coalesce(d.town, '') || '|' || d.household_no, p.dibao_household_id), d.person_id) AS home
FROM finding_detail d JOIN finding_state s USING (finding_id) LEFT JOIN verdict_in_force v USING (finding_id)
LEFT JOIN (SELECT person_id, dibao_household_id FROM person) p ON p.person_id = d.person_id, tonight;

-- What stands open after tonight, also where its rule could not speak.
CREATE OR REPLACE TEMP TABLE finding AS
FROM ledger_finding WHERE status IN ('open', 'reopened', 'confirmed');

-- How often a rule was right: by its findings' last verdicts that decide, in
-- every town and, town '', in all. Wilson's interval says how sure that is, also
-- of few findings or where all were right.
CREATE OR REPLACE TEMP TABLE rule_precision AS
WITH decided AS (
    SELECT v.rule_id, told_town(d.town) AS town, v.verdict = '属实' AS confirmed, s.status = 'cleared' AS cleared
    FROM main.verdict v JOIN finding_detail d USING (finding_id) JOIN finding_state s USING (finding_id)
    WHERE v.verdict NOT IN ('正在办理', '无法核实')
    QUALIFY row_number() OVER (PARTITION BY v.finding_id ORDER BY v.seq DESC) = 1
), counted AS (
    SELECT rule_id, coalesce(town, '') AS town, count(*)::INTEGER AS checked,
        count(*) FILTER (WHERE confirmed)::INTEGER AS confirmed, count(*) FILTER (WHERE confirmed AND cleared)::INTEGER AS rectified
    FROM decided GROUP BY GROUPING SETS ((rule_id, town), (rule_id))
)
SELECT rule_id, town, checked, confirmed, confirmed / checked AS share,
    wilson(confirmed, checked).low AS low, wilson(confirmed, checked).high AS high, rectified
FROM counted ORDER BY rule_id, town;
