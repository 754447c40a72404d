-- In dibao and tekun; in dibao alone.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('CB01违'), ('CB01例')) c(name);
INSERT INTO canary_tekun BY NAME SELECT 'CB01违' AS name;
