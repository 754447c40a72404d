-- A vehicle, and one that is exempt.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('CB04违'), ('CB04例')) c(name);
INSERT INTO canary_verification BY NAME SELECT name, 'vehicle' AS item, exempt FROM (VALUES ('CB04违', '否'), ('CB04例', '是')) c(name, exempt);
