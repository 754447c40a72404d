-- Seriously ill by the roster and by what was paid, income unknown, not covered; the same in tekun.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('LB02违'), ('LB02例')) c(name);
INSERT INTO canary_medical_aid BY NAME SELECT name, '是' AS serious, serious_self_pay AS self_pay FROM policy, (VALUES ('LB02违'), ('LB02例')) c(name);
INSERT INTO canary_tekun BY NAME SELECT 'LB02例' AS name;
