-- What became of the findings that a town was told of. One that the data cleared
-- before anybody answered needs no answer and is not counted; one that came back
-- is to be answered again, and waits since then.
WITH life AS (
    SELECT finding_id,
        max(seq) FILTER (WHERE event IN ('opened', 'reopened')) AS opened,
        max(least(at, as_of)) FILTER (WHERE event IN ('opened', 'reopened')) AS since,
        max(seq) FILTER (WHERE event IN ('confirmed', 'dismissed', 'noted')) AS answered,
        arg_max(event, seq) FILTER (WHERE event IN ('opened', 'reopened', 'dismissed', 'rectified')) = 'rectified' AS rectified
    FROM main.finding_event, tonight GROUP BY finding_id
), told AS (
    SELECT told_town(d.town) AS town, t.as_of - l.since AS age,
        CASE WHEN l.rectified THEN 'rectified'
             WHEN s.status IN ('confirmed', 'dismissed') THEN s.status
             WHEN s.status = 'cleared' THEN NULL
             WHEN l.answered > l.opened THEN 'noted'
             ELSE 'waiting' END AS became
    FROM main.finding_state s JOIN main.finding_detail d USING (finding_id) JOIN life l USING (finding_id), tonight t
)
SELECT t.town,
    count(became), count(*) FILTER (WHERE became = 'confirmed'), count(*) FILTER (WHERE became = 'rectified'),
    count(*) FILTER (WHERE became = 'dismissed'), count(*) FILTER (WHERE became = 'noted'),
    count(*) FILTER (WHERE became = 'waiting' AND age <= 7),
    count(*) FILTER (WHERE became = 'waiting' AND age BETWEEN 8 AND 30),
    count(*) FILTER (WHERE became = 'waiting' AND age > 30),
    coalesce(quantile_disc(age, 0.5) FILTER (WHERE became = 'waiting'), 0)::BIGINT, coalesce(max(age) FILTER (WHERE became = 'waiting'), 0)::BIGINT
FROM report_place t LEFT JOIN told USING (town)
GROUP BY t.town, t.position HAVING count(became) > 0 OR t.town IN (SELECT town FROM report_town)
ORDER BY t.position, t.town
