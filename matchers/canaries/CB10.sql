-- A subsidy for the dead: dead the day before this month, and on its first day.
INSERT INTO canary_disability BY NAME SELECT name, '肢体' AS disability_type, 1 AS grade, '是' AS living_subsidy, '是' AS nursing_subsidy FROM (VALUES ('CB10违'), ('CB10例')) c(name);
INSERT INTO canary_verification BY NAME SELECT name, 'death' AS item, (date_trunc('month', as_of) - to_days(before))::DATE AS item_date
FROM policy, (VALUES ('CB10违', 1), ('CB10例', 0)) c(name, before);
