-- In tekun with a son who can work, and with one who is severely disabled.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, household_no, relation, years_before(as_of, age) AS born, labour
FROM policy, (VALUES ('CB14违', 'CB14A', '户主', 70, NULL), ('CB14甲', 'CB14A', '之子', 40, '普通劳动力'),
    ('CB14例', 'CB14B', '户主', 70, NULL), ('CB14乙', 'CB14B', '之子', 40, '普通劳动力')) c(name, household_no, relation, age, labour);
INSERT INTO canary_tekun BY NAME SELECT name, years_before(as_of, 70) AS born FROM policy, (VALUES ('CB14违'), ('CB14例')) c(name);
INSERT INTO canary_disability BY NAME SELECT 'CB14乙' AS name, '肢体' AS disability_type, 1 AS grade;
