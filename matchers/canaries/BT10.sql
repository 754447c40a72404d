-- Without pension insurance: forty, and sixty.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, '否' AS pension_insured, years_before(as_of, age) AS born
FROM policy, (VALUES ('BT10违', 40), ('BT10例', 60)) c(name, age);
