-- Eighteen, at a costly school without aid: a public one, and a private one.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, years_before(as_of, 18) AS born FROM policy, (VALUES ('LB08违'), ('LB08例')) c(name);
INSERT INTO canary_school BY NAME SELECT name, years_before(as_of, 18) AS born, ownership, 'senior' AS stage, '在校' AS enrolment, schooling_cost AS yearly_cost, 0 AS aid_amount
FROM policy, (VALUES ('LB08违', '公办'), ('LB08例', '民办')) c(name, ownership);
