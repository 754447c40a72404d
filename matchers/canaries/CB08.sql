-- The living subsidy outside of dibao, and in it.
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 4 AS grade, '是' AS living_subsidy FROM (VALUES ('CB08违'), ('CB08例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT 'CB08例' AS name;
