-- The official towns in their order, out of a JSON list.
CREATE OR REPLACE TEMP TABLE summary_town AS
SELECT unnest(names) AS town, generate_subscripts(names, 1) AS position FROM (SELECT from_json($towns::VARCHAR, '["VARCHAR"]') AS names);
