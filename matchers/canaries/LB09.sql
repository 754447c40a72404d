-- Ten years old: alone, and with somebody grown up.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no, years_before(as_of, age) AS born
FROM policy, (VALUES ('LB09违', 'LB09A', 10), ('LB09例', 'LB09B', 10), ('LB09甲', 'LB09B', 40)) c(name, household_no, age);
