-- Paid as much as counts and got nothing; the same with one yuan of aid.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('LB07违'), ('LB07例')) c(name);
INSERT INTO canary_medical_aid BY NAME SELECT name, serious_self_pay AS self_pay, aid_amount
FROM policy, (VALUES ('LB07违', 0), ('LB07例', 1)) c(name, aid_amount);
