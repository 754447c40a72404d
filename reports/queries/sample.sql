-- An audit list: what the ledger says of a finding is left out, for a second look is
-- to be one of its own.
SELECT row_number() OVER (ORDER BY told_town, coalesce(village, ''), coalesce(household_no, ''), rule_id, coalesce(id_number, ''), finding_id) AS n,
    told_town, village, household_no, f.name, id_number, rule_id || ' ' || r.name, statement, r."check",
    NULL, NULL, NULL, NULL, NULL, finding_id
FROM sampled f LEFT JOIN published.rule r USING (rule_id)
ORDER BY n
