-- Each lives with somebody in dibao; the second is a graduate student.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no
FROM (VALUES ('LB04违', 'LB04A'), ('LB04甲', 'LB04A'), ('LB04例', 'LB04B'), ('LB04乙', 'LB04B')) c(name, household_no);
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('LB04甲'), ('LB04乙')) c(name);
INSERT INTO canary_school BY NAME SELECT 'LB04例' AS name, 'graduate' AS stage, '在校' AS enrolment;
