-- Called free of risk: in an unsafe house with bad water, and with nothing amiss.
INSERT INTO canary_registered_poor BY NAME SELECT name, 'unstable' AS type, true AS risk_eliminated, safe AS house_safe, safe AS water_safe, monitor_line AS income_per_capita
FROM policy, (VALUES ('JC09违', '否'), ('JC09例', '是')) c(name, safe);
