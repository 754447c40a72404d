-- What changed since the last night of an earlier day, and how things stand: one row.
WITH last AS (SELECT max(r.as_of) AS day FROM main.run r, tonight t WHERE r.as_of < t.as_of),
here AS MATERIALIZED (
    SELECT f.*, w.* EXCLUDE (finding_id, report_town), datediff('day', f.first_seen, f.as_of) AS days
    FROM report_finding f JOIN report_work w USING (finding_id) WHERE ? = '' OR f.report_town = ?
), happened AS MATERIALIZED (
    SELECT DISTINCT e.finding_id, e.event, d.category, list_position(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量'], d.category) AS position
    FROM main.finding_event e JOIN main.finding_detail d USING (finding_id), tonight t, last
    WHERE e.at <= t.as_of AND (last.day IS NULL OR e.at > last.day)
      AND (? = '' OR coalesce(nullif(d.town, ''), '镇别不明') = ?)
), by_category AS (
    SELECT string_agg(category || opened, '、' ORDER BY position) FILTER (WHERE opened > 0) AS opened,
        string_agg(category || cleared, '、' ORDER BY position) FILTER (WHERE cleared > 0) AS cleared
    FROM (SELECT category, position, count(DISTINCT finding_id) FILTER (WHERE event = 'opened') AS opened,
        count(DISTINCT finding_id) FILTER (WHERE event IN ('cleared', 'rectified')) AS cleared FROM happened GROUP BY ALL)
), waiting AS (
    SELECT string_agg(category || n, '、' ORDER BY category_position) AS told
    FROM (SELECT category, category_position, count(*) AS n FROM here WHERE status <> 'confirmed' GROUP BY ALL)
)
SELECT (FROM last) AS last_day,
    (SELECT count(*) FROM happened WHERE event = 'opened') AS opened, (SELECT opened FROM by_category) AS opened_told,
    (SELECT count(DISTINCT finding_id) FROM happened WHERE event IN ('cleared', 'rectified')) AS cleared, (SELECT cleared FROM by_category) AS cleared_told,
    (SELECT count(*) FROM happened WHERE event = 'rectified') AS rectified,
    (SELECT count(*) FROM happened WHERE event = 'reopened') AS reopened,
    (SELECT count(*) FROM happened WHERE event = 'confirmed') AS confirmed, (SELECT count(*) FROM happened WHERE event = 'dismissed') AS dismissed,
    count(*) FILTER (WHERE status <> 'confirmed') AS waiting, (SELECT told FROM waiting) AS waiting_told,
    count(*) FILTER (WHERE status = 'confirmed') AS unmended,
    min(first_seen) AS oldest, max(days) AS oldest_days, count(*) FILTER (WHERE days > 30) AS over_month,
    count(DISTINCT report_town || '|' || visit) FILTER (WHERE asks) AS visits,
    (SELECT count(*) FROM report_visit WHERE place IS NULL AND (? = '' OR report_town = ?)) AS uncovered,
    count(*) FILTER (WHERE watched) AS watched
FROM here
