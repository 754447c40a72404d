-- Half the line of monitoring, and all of it. A line of 0 leaves nobody below it.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'stable' AS type, monitor_line * share AS income_per_capita
FROM policy, (VALUES ('JC08违', 0.5), ('JC08例', 1)) c(name, share) WHERE monitor_line > 0;
