-- At school without aid, and with it.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, years_before(as_of, 10) AS born FROM policy, (VALUES ('BT07违'), ('BT07例')) c(name);
INSERT INTO canary_school BY NAME SELECT name, years_before(as_of, 10) AS born, 'primary' AS stage, '在校' AS enrolment, aid_amount
FROM policy, (VALUES ('BT07违', 0), ('BT07例', 500)) c(name, aid_amount);
