-- What each rule of one row of Attachment 2 found, largest first, with its towns: the households
-- that it names, and their members, as findings.csv has them.
WITH by_town AS (
    SELECT f.rule_id, f.rule_name, f.report_town, min(t.position) AS position,
        count(*) AS households, sum(f.subject_count)::BIGINT AS persons,
        any_value(f.level) AS level
    FROM report_finding f JOIN report_town t ON t.town = f.report_town
    WHERE f.attachment2 = $content GROUP BY f.rule_id, f.rule_name, f.report_town
)
SELECT rule_id, rule_name, sum(households)::BIGINT AS households, sum(persons)::BIGINT AS persons, any_value(level) AS level,
    string_agg(report_town || CASE level WHEN 'household' THEN households || '户' || persons || '人' ELSE persons || '人' END, '、' ORDER BY position, report_town) AS towns
FROM by_town GROUP BY rule_id, rule_name
ORDER BY persons DESC, households DESC, rule_id
