-- Another amount for the same persons and income, last reviewed long before; reviewed today.
INSERT INTO canary_history_dibao BY NAME SELECT name, 1 AS persons_covered, 300 AS amount, 1000 AS income_per_capita, years_before(valid_from, 1) AS last_review
FROM canary_past, (VALUES ('CB13违'), ('CB13例')) c(name) WHERE kind = 'dibao';
INSERT INTO canary_dibao BY NAME SELECT name, 1 AS persons_covered, 400 AS amount, 1000 AS income_per_capita, CASE WHEN reviewed THEN as_of ELSE years_before(valid_from, 1) END AS last_review
FROM canary_past, policy, (VALUES ('CB13违', false), ('CB13例', true)) c(name, reviewed) WHERE kind = 'dibao';
