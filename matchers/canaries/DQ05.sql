-- Another town in dibao, and at school.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('DQ05违'), ('DQ05例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT 'DQ05违' AS name, '〔哨兵二〕' AS town;
INSERT INTO canary_school BY NAME SELECT 'DQ05例' AS name, '〔哨兵二〕' AS town;
