-- Flagged as in dibao: in no roster of it, and in it.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, '是' AS dibao_flag, '是' AS tekun_flag FROM (VALUES ('JC05违'), ('JC05例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT 'JC05例' AS name;
INSERT INTO canary_tekun BY NAME SELECT 'JC05例' AS name;
