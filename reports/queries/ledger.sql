SELECT row_number() OVER (ORDER BY t.position, report_town, coalesce(village, ''), coalesce(household_no, ''), severity_position, rule_id, coalesce(id_number, ''), finding_id) AS n,
    report_town, village, household_no, name, id_number, rule_id || ' ' || rule_name, severity_label, confidence_label, status_label,
    statement, check_text, subject_count, amount_at_stake::DOUBLE, first_seen, finding_id, places
FROM report_finding f JOIN report_town t ON t.town = f.report_town
WHERE category = ? AND (? = '' OR report_town = ?)
ORDER BY n
