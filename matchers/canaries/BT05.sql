-- In dibao and insured: the premium not subsidised, and subsidised.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('BT05违'), ('BT05例')) c(name);
INSERT INTO canary_medical_aid BY NAME SELECT name, '是' AS insured, premium AS premium_subsidy FROM (VALUES ('BT05违', '否'), ('BT05例', '是')) c(name, premium);
