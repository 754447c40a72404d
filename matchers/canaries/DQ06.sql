-- The number is a woman's: the roster says a man, and a woman.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, sex FROM (VALUES ('DQ06违', '男'), ('DQ06例', '女')) c(name, sex);
