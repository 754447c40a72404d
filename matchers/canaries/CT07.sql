-- The living subsidy ended for somebody in dibao, and for somebody in tekun as well.
INSERT INTO canary_history_disability BY NAME SELECT name, '肢体' AS disability_type, 4 AS grade, '是' AS living_subsidy, '否' AS nursing_subsidy
FROM canary_past, (VALUES ('CT07违'), ('CT07例')) c(name) WHERE kind = 'disability';
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 4 AS grade, '否' AS living_subsidy, '否' AS nursing_subsidy
FROM canary_past, (VALUES ('CT07违'), ('CT07例')) c(name) WHERE kind = 'disability';
INSERT INTO canary_dibao BY NAME SELECT name FROM canary_past, (VALUES ('CT07违'), ('CT07例')) c(name) WHERE kind = 'disability';
INSERT INTO canary_tekun BY NAME SELECT 'CT07例' AS name FROM canary_past WHERE kind = 'disability';
