-- What stands in the ledger and is reported no more: dismissed by a verdict, or gone from the data.
-- By its last event: of one day there may be many, and a former one's note says nothing of it.
WITH ended AS (
    SELECT t.finding_id, t.at, t.event, e.note
    FROM (SELECT finding_id, max(seq) AS seq FROM report_turn WHERE stands = 0 GROUP BY finding_id) l
    JOIN report_turn t USING (seq) JOIN main.finding_event e USING (seq)
)
SELECT row_number() OVER (ORDER BY t.position, t.town, coalesce(e.at, d.last_seen) DESC, coalesce(d.village, ''), coalesce(d.household_no, ''), d.rule_id, d.finding_id) AS n,
    t.town, d.village, d.household_no, d.name, d.id_number, d.rule_id || coalesce(' ' || r.name, ''), d.statement,
    CASE WHEN e.event = 'rectified' THEN '整改完成' WHEN d.status = 'dismissed' THEN '核查排除' ELSE '名册中已消除' END, coalesce(e.at, d.last_seen), e.note, d.first_seen, d.finding_id
FROM (SELECT * FROM main.finding_detail JOIN (SELECT * EXCLUDE (rule_id) FROM main.finding_state) USING (finding_id) WHERE status IN ('cleared', 'dismissed')) d
JOIN report_place t ON t.town = told_town(d.town)
LEFT JOIN rule r USING (rule_id) LEFT JOIN ended e USING (finding_id)
WHERE $town = '' OR t.town = $town
ORDER BY n
