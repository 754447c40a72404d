-- Ten years old: not at school, and at school.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, years_before(as_of, 10) AS born FROM policy, (VALUES ('BT08违'), ('BT08例')) c(name);
INSERT INTO canary_school BY NAME SELECT 'BT08例' AS name, years_before(as_of, 10) AS born, 'primary' AS stage, '在校' AS enrolment FROM policy;
