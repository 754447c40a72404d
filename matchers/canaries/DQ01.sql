-- A number that nobody can read; a mistyped one that another roster has right.
INSERT INTO canary_registered_poor BY NAME SELECT 'DQ01违' AS name, 'stable' AS type, '1396' AS id_number, 'invalid' AS id_state;
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, left(number, 17) || CASE WHEN right(number, 1) = '1' THEN '2' ELSE '1' END AS id_number, 'invalid' AS id_state
FROM (SELECT name, canary_number(name, years_before(as_of, 40)) AS number FROM policy, (SELECT 'DQ01例' AS name));
INSERT INTO canary_dibao BY NAME SELECT 'DQ01例' AS name;
