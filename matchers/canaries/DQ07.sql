-- Without a household number, and with one.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no FROM (VALUES ('DQ07违', NULL), ('DQ07例', 'DQ07A')) c(name, household_no);
