-- A mistyped number that another roster has right; the same number in both.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('DQ04违'), ('DQ04例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT 'DQ04违' AS name, left(number, 17) || CASE WHEN right(number, 1) = '1' THEN '2' ELSE '1' END AS id_number, 'invalid' AS id_state
FROM (SELECT canary_number('DQ04违', years_before(as_of, 40)) AS number FROM policy);
INSERT INTO canary_dibao BY NAME SELECT 'DQ04例' AS name;
