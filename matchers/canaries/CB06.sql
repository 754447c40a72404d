-- Forty and in tekun; seventy. Under a policy whose minors are forty nobody is too old for one.
INSERT INTO canary_tekun BY NAME SELECT name, years_before(as_of, age) AS born
FROM policy, (VALUES ('CB06违', 40), ('CB06例', 70)) c(name, age) WHERE minor_age <= 40;
