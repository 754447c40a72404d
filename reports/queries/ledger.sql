SELECT row_number() OVER (ORDER BY report_town, coalesce(village, ''), coalesce(household_no, ''), severity_position, rule_id, coalesce(id_number, ''), finding_id) AS n,
    report_town, village, household_no, name, id_number, rule_id || ' ' || rule_name, severity_label, confidence_label, status_label,
    statement, check_text, subject_count, amount_at_stake::DOUBLE, first_seen, finding_id,
    (SELECT string_agg(place, '；' ORDER BY place) FROM (
        SELECT DISTINCT s.roster || '《' || s.path || '》' || CASE WHEN s.sheet = '' THEN '' ELSE s.sheet || ' ' END || '第' || s."row" || '行' AS place
        FROM (SELECT unnest(flatten(list_transform(from_json(evidence, '{"facts":[{"sources":[{"roster":"VARCHAR","path":"VARCHAR","sheet":"VARCHAR","row":"INTEGER"}]}]}').facts, f -> f.sources))) AS s))) AS places
FROM report_finding
WHERE category = ? AND (? = '' OR report_town = ?)
ORDER BY n
