-- At risk and without anything; the same with temporary aid a month ago.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'unstable' AS type, false AS risk_eliminated FROM (VALUES ('LB03违'), ('LB03例')) c(name);
INSERT INTO canary_temporary_aid BY NAME SELECT 'LB03例' AS name, as_of - INTERVAL 1 MONTH AS aid_date FROM policy;
