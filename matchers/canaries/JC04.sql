-- A dibao household of two: registered apart, and together.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no, relation
FROM (VALUES ('JC04违', 'JC04A', '户主'), ('JC04甲', 'JC04B', '户主'), ('JC04例', 'JC04C', '户主'), ('JC04乙', 'JC04C', '配偶')) c(name, household_no, relation);
INSERT INTO canary_dibao BY NAME SELECT name, household_no
FROM (VALUES ('JC04违', 'JC04D'), ('JC04甲', 'JC04D'), ('JC04例', 'JC04E'), ('JC04乙', 'JC04E')) c(name, household_no);
