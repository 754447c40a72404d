-- A sheet of the ledger: one category's findings, or those of the watched rules.
SELECT row_number() OVER (ORDER BY t.position, f.report_town, coalesce(village, ''), coalesce(household_no, ''), severity_position, rule_id, coalesce(id_number, ''), finding_id) AS n,
    w.place, f.report_town, village, household_no, name, id_number, rule_id || ' ' || rule_name, severity_label, confidence_label,
    round(100 * w.truths / nullif(w.checks, 0))::INTEGER || '%' || chr(10) || w.truths || '/' || w.checks, status_label,
    statement || coalesce('（再次出现：' || w.returned || '）', ''), check_text, subject_count, amount_at_stake::DOUBLE, first_seen,
    verdict, measures, effect, done_on, checker, places, finding_id
FROM report_finding f JOIN report_work w USING (finding_id) JOIN report_town t ON t.town = f.report_town
WHERE CASE WHEN w.watched THEN '观察' ELSE f.category END = ? AND (? = '' OR f.report_town = ?)
ORDER BY n
