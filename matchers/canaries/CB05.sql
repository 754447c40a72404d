-- A yuan above the standard; the same on the last day of the gradual exit.
INSERT INTO canary_dibao BY NAME SELECT name, dibao_standard + 1 AS income_per_capita, CASE WHEN gradual THEN as_of END AS gradual_exit_until
FROM policy, (VALUES ('CB05违', false), ('CB05例', true)) c(name, gradual);
