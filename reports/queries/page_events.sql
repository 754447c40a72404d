-- What happened to findings since the runs of the day given, by town and rule. One that was
-- confirmed is cleared and rectified in one night: it is told as rectified, and so is one
-- that was answered after the data had cleared it. The last column is what all of it did to
-- the number that stands open: what was gone already does not go again.
WITH happened AS (
    SELECT finding_id, count(*) FILTER (WHERE fresh AND event = 'opened') AS opened, count(*) FILTER (WHERE fresh AND event = 'reopened') AS reopened,
        count(*) FILTER (WHERE fresh AND event = 'confirmed') AS confirmed, count(*) FILTER (WHERE fresh AND event = 'dismissed') AS dismissed,
        count(*) FILTER (WHERE fresh AND event = 'cleared') AS cleared, count(*) FILTER (WHERE fresh AND event = 'rectified') AS rectified,
        arg_max(stands, seq) - coalesce(arg_max(stands, seq) FILTER (WHERE NOT fresh), 0) AS net
    FROM (SELECT *, seq > (SELECT max(seq) FROM report_day WHERE day <= $day::DATE) AS fresh FROM report_turn)
    GROUP BY finding_id HAVING bool_or(fresh)
)
SELECT told_town(d.town), d.rule_id, coalesce(r.name, ''), sum(opened)::BIGINT, sum(reopened)::BIGINT,
    sum(greatest(cleared - rectified, 0))::BIGINT, sum(confirmed)::BIGINT, sum(dismissed)::BIGINT, sum(rectified)::BIGINT, sum(net)::BIGINT
FROM happened JOIN main.finding_detail d USING (finding_id) LEFT JOIN rule r USING (rule_id)
GROUP BY ALL ORDER BY 1, 2
