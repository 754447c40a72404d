-- At risk with the income of one that is not: able to work, and seventy.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'unstable' AS type, false AS risk_eliminated, clear_income AS income_per_capita, years_before(as_of, age) AS born
FROM policy, (VALUES ('JC02违', 40), ('JC02例', 70)) c(name, age);
