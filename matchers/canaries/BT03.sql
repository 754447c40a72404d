-- Care is wanted: not provided, and provided.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('BT03违'), ('BT03例')) c(name);
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 1 AS grade, '是' AS care_wanted, provided AS care_provided
FROM (VALUES ('BT03违', '否'), ('BT03例', '是')) c(name, provided);
