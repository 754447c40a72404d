-- One person of the first tier, with more than the tolerance allows and with what is due.
INSERT INTO canary_dibao BY NAME SELECT name, tier, 1 AS persons_covered, due + too_much * (due * amount_tolerance + 1) AS amount
FROM (SELECT *, map_keys(tier_amount)[1] AS tier, map_values(tier_amount)[1] AS due FROM policy), (VALUES ('CB07违', 1), ('CB07例', 0)) c(name, too_much)
WHERE due > 0;
