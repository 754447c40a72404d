-- What the towns' answers say of one row of Attachment 2. A household counts once,
-- with as many persons as its findings name at most; reasons and rectification are
-- counted by finding. What was reopened is to be verified again.
WITH answered AS (
    SELECT CASE WHEN l.finding_id IN (FROM report_true) THEN '属实'
            WHEN l.status = 'dismissed' THEN '不属实'
            WHEN l.status <> 'cleared' THEN coalesce(l.verdict, '待核实') END AS result,
        l.verdict, l.status, l.done_on, l.level, l.person_id, l.subject_count, l.home
    FROM ledger_finding l JOIN rule r USING (rule_id)
    WHERE r.attachment2 = $content
), homes AS (
    SELECT result, home, greatest(count(DISTINCT person_id) FILTER (WHERE level = 'person'), coalesce(max(subject_count) FILTER (WHERE level = 'household'), 0)) AS persons
    FROM answered GROUP BY result, home
), sums AS (SELECT result, count(*) AS households, sum(persons)::BIGINT AS persons FROM homes GROUP BY result)
SELECT
    count(*) FILTER (WHERE result = '属实') AS confirmed,
    coalesce((SELECT households FROM sums WHERE result = '属实'), 0) AS confirmed_households, coalesce((SELECT persons FROM sums WHERE result = '属实'), 0) AS confirmed_persons,
    count(*) FILTER (WHERE result = '不属实') AS dismissed,
    coalesce((SELECT households FROM sums WHERE result = '不属实'), 0) AS dismissed_households, coalesce((SELECT persons FROM sums WHERE result = '不属实'), 0) AS dismissed_persons,
    count(*) FILTER (WHERE result = '不属实' AND verdict = '已死亡') AS dead, count(*) FILTER (WHERE result = '不属实' AND verdict = '已迁出') AS moved,
    count(*) FILTER (WHERE result = '不属实' AND verdict = '名册错误') AS mistaken,
    count(*) FILTER (WHERE result = '不属实' AND coalesce(verdict, '') NOT IN ('已死亡', '已迁出', '名册错误')) AS other,
    count(*) FILTER (WHERE result = '正在办理') AS handled, count(*) FILTER (WHERE result = '无法核实') AS unclear, count(*) FILTER (WHERE result = '待核实') AS waiting,
    count(*) FILTER (WHERE result = '属实' AND status = 'cleared') AS rectified,
    count(*) FILTER (WHERE result = '属实' AND status = 'confirmed' AND done_on IS NOT NULL) AS reported
FROM answered
