-- In two dibao households; twice in one.
INSERT INTO canary_dibao BY NAME SELECT name, household_no
FROM (VALUES ('CB02违', 'CB02A'), ('CB02违', 'CB02B'), ('CB02例', 'CB02C'), ('CB02例', 'CB02C')) c(name, household_no);
