-- Not insured, and insured.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('BT04违'), ('BT04例')) c(name);
INSERT INTO canary_medical_aid BY NAME SELECT name, insured FROM (VALUES ('BT04违', '否'), ('BT04例', '是')) c(name, insured);
