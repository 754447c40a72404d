-- What a summary's tables share; summary_period holds its first and last day,
-- summary_town the official towns in their order, published the analysts' file.
CREATE OR REPLACE TEMP TABLE summary_run AS
SELECT r.* FROM published.run r, summary_period WHERE r.as_of BETWEEN first_day AND last_day;

CREATE OR REPLACE TEMP TABLE summary_last AS
SELECT * FROM summary_run ORDER BY as_of DESC, started_at DESC LIMIT 1;

-- Every finding that stood open at some time of the period, with what had become
-- of it by the last day: also of a period that is long over.
CREATE OR REPLACE TEMP TABLE summary_finding AS
WITH turn AS (
    SELECT e.finding_id, e.at, e.event, e.seq, e.at < first_day AS earlier
    FROM published.finding_event e, summary_period
    WHERE e.event NOT IN ('seen', 'noted') AND e.at <= last_day
    QUALIFY is_news(e.event, lag(e.event) OVER (PARTITION BY e.finding_id ORDER BY e.seq))
), life AS (
    SELECT finding_id, arg_max(event, seq) AS event,
        -- What a visit said before the data no longer showed it.
        arg_max(event, seq) FILTER (WHERE event NOT IN ('cleared', 'rectified')) AS answer,
        arg_max(event, seq) FILTER (WHERE earlier) AS before,
        arg_max(at, seq) FILTER (WHERE event IN ('opened', 'reopened')) AS open_since,
        bool_and(earlier) AS untouched
    FROM turn GROUP BY finding_id
), answered AS (
    SELECT v.finding_id, arg_max(v.verdict, v.seq) AS verdict
    FROM published.verdict v, summary_period WHERE v.taken_on <= last_day GROUP BY v.finding_id
)
SELECT f.finding_id, f.rule_id, f.category, f.level, f.person_id, f.subject_count, f.amount_at_stake::DOUBLE AS amount,
    told_town(f.town) AS town, f.home AS household,
    CASE WHEN l.event IN ('cleared', 'rectified') THEN CASE WHEN l.answer = 'confirmed' THEN '整改完成' ELSE '已消除' END
         WHEN l.event = 'confirmed' THEN '属实待整改' WHEN l.event = 'dismissed' THEN '不属实' ELSE '待核实' END AS state,
    CASE WHEN l.before IS NULL THEN '新发现' WHEN l.before IN ('opened', 'reopened', 'confirmed') THEN '结转' ELSE '再次出现' END AS origin,
    a.verdict, date_diff('day', l.open_since, last_day) AS age
FROM life l JOIN published.finding f USING (finding_id) LEFT JOIN answered a USING (finding_id), summary_period
WHERE l.before IN ('opened', 'reopened', 'confirmed') OR NOT l.untouched;

CREATE OR REPLACE TEMP TABLE summary_place AS
SELECT town, row_number() OVER (ORDER BY min(position), town) AS position FROM (
    SELECT town, position FROM summary_town
    UNION ALL SELECT town, CASE town WHEN told_town('') THEN 3000000 ELSE 2000000 END FROM summary_finding WHERE category <> '数据质量'
) GROUP BY town;
