-- Left dibao with half the standard, and with the whole. A standard of 0 leaves nobody below it.
INSERT INTO canary_history_dibao BY NAME SELECT name FROM canary_past, policy, (VALUES ('CT03违'), ('CT03例')) c(name) WHERE kind = 'dibao' AND in_look_back AND dibao_standard > 0;
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, dibao_standard * share AS income_per_capita
FROM canary_past, policy, (VALUES ('CT03违', 0.5), ('CT03例', 1)) c(name, share) WHERE kind = 'dibao' AND in_look_back AND dibao_standard > 0;
