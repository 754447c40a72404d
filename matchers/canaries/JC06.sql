-- In dibao: flagged as not, and as received.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, flag AS dibao_flag, flag AS tekun_flag FROM (VALUES ('JC06违', '否'), ('JC06例', '是')) c(name, flag);
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('JC06违'), ('JC06例')) c(name);
INSERT INTO canary_tekun BY NAME SELECT name FROM (VALUES ('JC06违'), ('JC06例')) c(name);
