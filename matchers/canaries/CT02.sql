-- Left dibao, severely disabled and seriously ill; the same gone over to tekun.
INSERT INTO canary_history_dibao BY NAME SELECT name FROM canary_past, (VALUES ('CT02违'), ('CT02例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 1 AS grade FROM canary_past, (VALUES ('CT02违'), ('CT02例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_medical_aid BY NAME SELECT name, '是' AS serious, serious_self_pay AS self_pay FROM policy, canary_past, (VALUES ('CT02违'), ('CT02例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_tekun BY NAME SELECT 'CT02例' AS name FROM canary_past WHERE kind = 'dibao' AND in_look_back;
