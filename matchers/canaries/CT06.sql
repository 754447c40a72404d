-- A household at risk that is gone, and one that goes on under another number.
INSERT INTO canary_history_registered_poor BY NAME SELECT name, name AS household_no, 'unstable' AS type, false AS risk_eliminated
FROM canary_past, (VALUES ('CT06违'), ('CT06例')) c(name) WHERE kind = 'registered_poor';
INSERT INTO canary_registered_poor BY NAME SELECT 'CT06例' AS name, 'CT06B' AS household_no, 'unstable' AS type, false AS risk_eliminated FROM canary_past WHERE kind = 'registered_poor';
