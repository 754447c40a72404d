-- What the towns did about what was true, most often first. The form is handed on:
-- a text that holds the person's name or a long number is not told.
SELECT regexp_replace(trim(measures), '[。；;]+$', '') AS measure, count(*) AS findings
FROM ledger_finding l JOIN rule r USING (rule_id)
WHERE r.attachment2 = $content AND trim(measures) <> ''
  AND l.finding_id IN (FROM report_true)
  AND NOT contains(measures, coalesce(nullif(l.name, ''), chr(0))) AND NOT regexp_matches(measures, '[0-9]{6}')
GROUP BY measure ORDER BY findings DESC, measure LIMIT 6
