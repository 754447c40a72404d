-- Cannot care for himself: without the allowance, and with it.
INSERT INTO canary_tekun BY NAME SELECT name, 'none' AS self_care, amount AS care_amount FROM (VALUES ('BT09违', 0), ('BT09例', 100)) c(name, amount);
