-- Severely disabled, income unknown, not covered; the same in dibao.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('LB01违'), ('LB01例')) c(name);
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 1 AS grade FROM (VALUES ('LB01违'), ('LB01例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT 'LB01例' AS name;
