-- Paid as much as counts: in a stable household, and in a monitored one.
INSERT INTO canary_registered_poor BY NAME SELECT name, type FROM (VALUES ('JC01违', 'stable'), ('JC01例', 'unstable')) c(name, type);
INSERT INTO canary_medical_aid BY NAME SELECT name, monitor_self_pay AS self_pay FROM policy, (VALUES ('JC01违'), ('JC01例')) c(name);
