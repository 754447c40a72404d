-- Dead the day before this month, and on its first day.
INSERT INTO canary_dibao BY NAME SELECT name FROM (VALUES ('CB03违'), ('CB03例')) c(name);
INSERT INTO canary_verification BY NAME SELECT name, 'death' AS item, (date_trunc('month', as_of) - to_days(before))::DATE AS item_date
FROM policy, (VALUES ('CB03违', 1), ('CB03例', 0)) c(name, before);
