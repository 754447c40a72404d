-- What changed since the last night of an earlier day, and how things stand: one row.
WITH last AS (SELECT max(day) AS day, max(seq) AS seq FROM report_day, tonight t WHERE day < t.as_of),
here AS MATERIALIZED (
    SELECT category, category_position, status, first_seen, f.report_town, visit, asks, watched, datediff('day', f.first_seen, f.as_of) AS days
    FROM report_finding f JOIN report_work w USING (finding_id) WHERE $town = '' OR f.report_town = $town
), happened AS MATERIALIZED (
    SELECT DISTINCT e.finding_id, e.event, d.category, category_position(d.category) AS position
    FROM report_turn e JOIN main.finding_detail d USING (finding_id), last
    WHERE (last.day IS NULL OR e.seq > last.seq)
      AND ($town = '' OR told_town(d.town) = $town)
), events AS (
    SELECT count(*) FILTER (WHERE event = 'opened') AS opened, count(*) FILTER (WHERE event = 'cleared') AS cleared,
        count(*) FILTER (WHERE event = 'cleared' AND finding_id IN (SELECT finding_id FROM happened WHERE event = 'rectified')) AS rectified, count(*) FILTER (WHERE event = 'reopened') AS reopened,
        count(*) FILTER (WHERE event = 'confirmed') AS confirmed, count(*) FILTER (WHERE event = 'dismissed') AS dismissed
    FROM happened
), by_category AS (
    SELECT string_agg(category || opened, '、' ORDER BY position) FILTER (WHERE opened > 0) AS opened_told,
        string_agg(category || cleared, '、' ORDER BY position) FILTER (WHERE cleared > 0) AS cleared_told
    FROM (SELECT category, position, count(DISTINCT finding_id) FILTER (WHERE event = 'opened') AS opened,
        count(*) FILTER (WHERE event = 'cleared') AS cleared FROM happened GROUP BY ALL)
), waiting AS (
    SELECT string_agg(category || n, '、' ORDER BY category_position) AS waiting_told
    FROM (SELECT category, category_position, count(*) AS n FROM here WHERE status <> 'confirmed' GROUP BY ALL)
), standing AS (
    SELECT count(*) FILTER (WHERE status <> 'confirmed') AS waiting, count(*) FILTER (WHERE status = 'confirmed') AS unmended,
        min(first_seen) AS oldest, max(days) AS oldest_days, count(*) FILTER (WHERE days > 30) AS over_month,
        count(DISTINCT report_town || '|' || visit) FILTER (WHERE asks) AS visits, count(*) FILTER (WHERE watched) AS watched
    FROM here
), uncovered AS (
    SELECT count(*) AS uncovered FROM report_visit WHERE place IS NULL AND ($town = '' OR report_town = $town)
)
SELECT day AS last_day, opened, coalesce(opened_told, ''), cleared, coalesce(cleared_told, ''), rectified, reopened, confirmed, dismissed,
    waiting, coalesce(waiting_told, ''), unmended, oldest, coalesce(oldest_days, 0), over_month, visits, uncovered, watched
-- each is one row; a subquery apiece would have DuckDB try every order of a dozen joins
FROM last, events, by_category, waiting, standing, uncovered
