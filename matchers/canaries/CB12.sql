-- Reviewed ten years ago, and today.
INSERT INTO canary_dibao BY NAME SELECT name, years_before(as_of, years) AS last_review
FROM policy, (VALUES ('CB12违', 10), ('CB12例', 0)) c(name, years);
