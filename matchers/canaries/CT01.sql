-- Left dibao and is at risk; the same in custody.
INSERT INTO canary_history_dibao BY NAME SELECT name FROM canary_past, (VALUES ('CT01违'), ('CT01例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_registered_poor BY NAME SELECT name, 'unstable' AS type, false AS risk_eliminated FROM canary_past, (VALUES ('CT01违'), ('CT01例')) c(name) WHERE kind = 'dibao' AND in_look_back;
INSERT INTO canary_verification BY NAME SELECT 'CT01例' AS name, 'custody' AS item FROM canary_past WHERE kind = 'dibao' AND in_look_back;
