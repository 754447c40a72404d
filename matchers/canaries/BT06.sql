-- In dibao and paid as much as counts: without aid, and with a yuan of it. Temporary aid keeps LB07 away.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('BT06违'), ('BT06例')) c(name);
INSERT INTO canary_medical_aid BY NAME SELECT name, aid_floor AS self_pay, aid_amount FROM policy, (VALUES ('BT06违', 0), ('BT06例', 1)) c(name, aid_amount);
INSERT INTO canary_temporary_aid BY NAME SELECT name, as_of - INTERVAL 1 MONTH AS aid_date FROM policy, (VALUES ('BT06违'), ('BT06例')) c(name);
