-- In dibao with nothing paid, and with something.
INSERT INTO canary_dibao BY NAME SELECT name, amount FROM (VALUES ('BT11违', 0), ('BT11例', 100)) c(name, amount);
