-- What each rule found in the period, largest first within its category, with its towns.
WITH by_town AS (
    SELECT f.category, f.rule_id, f.town, any_value(f.level) AS level, min(p.position) AS position,
        count(DISTINCT f.household) AS households, count(DISTINCT f.person_id) AS persons, sum(f.subject_count)::BIGINT AS members,
        count(*) AS findings, count(*) FILTER (WHERE f.state = '待核实') AS unverified
    FROM summary_finding f JOIN summary_place p USING (town)
    WHERE f.category <> '数据质量' GROUP BY f.category, f.rule_id, f.town
)
SELECT category, coalesce(any_value(r.name), rule_id) AS name, any_value(t.level),
    sum(t.households)::BIGINT AS households, sum(CASE t.level WHEN 'person' THEN t.persons ELSE t.members END)::BIGINT AS persons,
    string_agg(t.town || CASE t.level WHEN 'person' THEN t.persons || '人' ELSE t.households || '户' || t.members || '人' END, '、' ORDER BY t.position),
    sum(t.findings)::BIGINT, sum(t.unverified)::BIGINT
FROM by_town t LEFT JOIN (SELECT rule_id, name FROM published.rule) r USING (rule_id)
GROUP BY category, rule_id
ORDER BY category_position(category), persons DESC, households DESC, rule_id
