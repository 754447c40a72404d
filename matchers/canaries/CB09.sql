-- The nursing subsidy on a certificate that is no longer in force, and on one that is.
INSERT INTO canary_disability BY NAME SELECT name, nursing_types[1] AS disability_type, nursing_grades[1] AS grade, '是' AS nursing_subsidy, in_force
FROM policy, (VALUES ('CB09违', false), ('CB09例', true)) c(name, in_force) WHERE len(nursing_types) > 0 AND len(nursing_grades) > 0;
