-- The verdicts behind the events, with the facts that they were given on.
INSERT INTO main.verdict
SELECT t.finding_id, t.rule_id, t.finding_town, t.verdict, t.measures, t.effect, t.done_on, t.checker,
    call.day, t.file, t.sheet, t.row_number, t.file_sha256,
    to_json(map_from_entries(list_transform(told_facts(t.evidence), f -> {'k': f.fact, 'v': f.value})))::VARCHAR, call.actor, e.seq
FROM taken t, call
JOIN main.finding_event e ON e.run_id = call.run_id AND e.event IN ('confirmed', 'dismissed', 'noted') AND e.finding_id = t.finding_id
ORDER BY e.seq;
