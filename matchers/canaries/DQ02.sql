-- Twice in the register; two certificates.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type FROM (VALUES ('DQ02违'), ('DQ02违')) c(name);
INSERT INTO canary_disability BY NAME SELECT 'DQ02例' AS name, cert_no FROM (VALUES ('哨兵甲'), ('哨兵乙')) c(cert_no);
