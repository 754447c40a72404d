-- So many lines of findings.csv.
SELECT finding_id, rule_id, category, level, severity, confidence, status, id_number, name, household_no, town, village,
    subject_count, amount_at_stake::DOUBLE AS amount_at_stake, statement, evidence, is_new, first_seen, last_seen, as_of
FROM report_line JOIN report_finding USING (finding_id) JOIN (SELECT finding_id, evidence FROM finding) USING (finding_id) -- large: kept once
WHERE line > $after AND line <= $last
ORDER BY line
