-- What the towns did about what was true, most often first. The form is handed on:
-- a text that holds the person's name or a long number, however written, is not told.
-- As the comment in checklist.yaml has it.
SELECT regexp_replace(trim(measures), '[。；;]+$', '') AS measure, count(*) AS findings
FROM ledger_finding l JOIN rule r USING (rule_id)
WHERE r.attachment2 = $content AND trim(measures) <> ''
  AND l.finding_id IN (FROM report_true)
  AND NOT contains(unspaced(measures), coalesce(nullif(unspaced(l.name), ''), chr(0))) AND NOT regexp_matches(unspaced(measures), '[0-9０-９]{6}')
GROUP BY measure ORDER BY findings DESC, measure LIMIT 6
