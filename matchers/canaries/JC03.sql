-- Two incomes for one household: none and a thousand yuan; the same twice.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, 1000 AS income_per_capita FROM policy, (VALUES ('JC03违'), ('JC03例')) c(name) WHERE income_gap < 1;
INSERT INTO canary_dibao BY NAME SELECT name, income AS income_per_capita FROM policy, (VALUES ('JC03违', 0), ('JC03例', 1000)) c(name, income) WHERE income_gap < 1;
