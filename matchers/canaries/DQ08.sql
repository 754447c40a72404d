-- A child older than its mother, and one as it should be.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no, relation, years_before(as_of, age) AS born
FROM policy, (VALUES ('DQ08违', 'DQ08A', '户主', 40), ('DQ08甲', 'DQ08A', '之女', 50), ('DQ08例', 'DQ08B', '户主', 40), ('DQ08乙', 'DQ08B', '之女', 10)) c(name, household_no, relation, age);
