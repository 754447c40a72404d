-- Left a household of which another stays, and one of which nobody does.
INSERT INTO canary_history_dibao BY NAME SELECT name, household_no
FROM canary_past, (VALUES ('CT05违', 'CT05A'), ('CT05甲', 'CT05A'), ('CT05例', 'CT05B'), ('CT05乙', 'CT05B')) c(name, household_no) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_dibao BY NAME SELECT 'CT05甲' AS name, 'CT05A' AS household_no FROM canary_past WHERE kind = 'dibao' AND in_look_back;
