-- Seventy and alone; the same in tekun.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, years_before(as_of, 70) AS born FROM policy, (VALUES ('LB05违'), ('LB05例')) c(name);
INSERT INTO canary_tekun BY NAME SELECT 'LB05例' AS name, years_before(as_of, 70) AS born FROM policy;
