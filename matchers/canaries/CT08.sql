-- The head died and the household left dibao with him: the other member has nothing, or is in tekun.
INSERT INTO canary_history_dibao BY NAME SELECT name, household_no, relation
FROM canary_past, (VALUES ('CT08违', 'CT08A', '户主'), ('CT08甲', 'CT08A', '配偶'), ('CT08例', 'CT08B', '户主'), ('CT08乙', 'CT08B', '配偶')) c(name, household_no, relation)
WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_verification BY NAME SELECT name, 'death' AS item FROM canary_past, (VALUES ('CT08违'), ('CT08例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_tekun BY NAME SELECT 'CT08乙' AS name FROM canary_past WHERE kind = 'dibao' AND in_look_back;
