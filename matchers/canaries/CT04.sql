-- Left with a month of the gradual exit to go, and on its last day.
INSERT INTO canary_history_dibao BY NAME SELECT name, (as_of + to_months(months))::DATE AS gradual_exit_until
FROM canary_past, policy, (VALUES ('CT04违', 1), ('CT04例', 0)) c(name, months) WHERE kind = 'dibao' AND in_look_back;
