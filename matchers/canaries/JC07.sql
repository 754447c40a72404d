-- An unsafe house, bad water and no insurance: in a stable household, and in a monitored one.
INSERT INTO canary_registered_poor BY NAME SELECT name, type, '否' AS house_safe, '否' AS water_safe, '否' AS medical_insured
FROM (VALUES ('JC07违', 'stable'), ('JC07例', 'unstable')) c(name, type);
