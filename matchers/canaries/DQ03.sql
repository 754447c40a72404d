-- Two names for a number; one with a character that a system cannot show.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('DQ03违'), ('DQ03例')) c(name);
INSERT INTO canary_dibao BY NAME SELECT other AS name, canary_number(name, years_before(as_of, 40)) AS id_number
FROM policy, (VALUES ('DQ03违', '哨兵改'), ('DQ03例', 'DQ03?')) c(name, other);
