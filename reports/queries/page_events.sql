-- What happened to findings since the runs of the day given, by town and rule. One that was
-- confirmed is cleared and rectified in one night: it is told as rectified.
SELECT coalesce(nullif(d.town, ''), '镇别不明'), d.rule_id, coalesce(r.name, ''),
    count(*) FILTER (WHERE event = 'opened'), count(*) FILTER (WHERE event = 'reopened'),
    count(*) FILTER (WHERE event = 'cleared') - count(*) FILTER (WHERE event = 'rectified'),
    count(*) FILTER (WHERE event = 'confirmed'), count(*) FILTER (WHERE event = 'dismissed'), count(*) FILTER (WHERE event = 'rectified')
FROM main.finding_event e JOIN main.finding_detail d USING (finding_id) LEFT JOIN rule r USING (rule_id)
WHERE e.seq > (SELECT max(seq) FROM report_day WHERE day <= ?::DATE) AND event NOT IN ('seen', 'noted')
GROUP BY ALL ORDER BY 1, 2
