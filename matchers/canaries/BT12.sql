-- In tekun with half of what is due, and with a yuan more than it.
INSERT INTO canary_tekun BY NAME SELECT name, tekun_ratio * dibao_standard / 12 * share + more AS amount
FROM policy, (VALUES ('BT12违', 0.5, 0), ('BT12例', 1, 1)) c(name, share, more) WHERE tekun_ratio * dibao_standard > 1;
