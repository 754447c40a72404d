-- In dibao with a certificate and without the subsidy; the same in tekun too.
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 4 AS grade, '否' AS living_subsidy FROM (VALUES ('BT02违'), ('BT02例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('BT02违'), ('BT02例')) c(name);
INSERT INTO canary_tekun BY NAME SELECT 'BT02例' AS name;
