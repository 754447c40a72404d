SELECT finding_id, rule_id, category, level, severity, confidence, status, id_number, name, household_no, town, village,
    subject_count, amount_at_stake::DOUBLE AS amount_at_stake, statement, evidence, is_new, first_seen, last_seen, as_of
FROM report_finding JOIN (SELECT finding_id, evidence FROM finding) USING (finding_id) -- large: kept once
ORDER BY coalesce(town, ''), category_position, severity_position, rule_id, coalesce(household_no, ''), coalesce(id_number, ''), finding_id
