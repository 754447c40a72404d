-- Covered and in custody, and one who is exempt.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('CB11违'), ('CB11例')) c(name);
INSERT INTO canary_verification BY NAME SELECT name, 'custody' AS item, exempt FROM (VALUES ('CB11违', '否'), ('CB11例', '是')) c(name, exempt);
