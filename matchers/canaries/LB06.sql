-- Half the standard and not covered; the same in dibao. A standard of 0 leaves nobody below it.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, dibao_standard / 2 AS income_per_capita FROM policy, (VALUES ('LB06违'), ('LB06例')) c(name) WHERE dibao_standard > 0;
INSERT INTO canary_dibao BY NAME SELECT 'LB06例' AS name FROM policy WHERE dibao_standard > 0;
