-- Eligible for nursing: without the subsidy, and with it.
INSERT INTO canary_disability BY NAME SELECT name, nursing_types[1] AS disability_type, nursing_grades[1] AS grade, nursing AS nursing_subsidy
FROM policy, (VALUES ('BT01违', '否'), ('BT01例', '是')) c(name, nursing) WHERE len(nursing_types) > 0 AND len(nursing_grades) > 0;
