SELECT count(DISTINCT home) AS households,
    count(DISTINCT CASE WHEN level = 'person' THEN person_id END) AS persons, count(*) AS findings
FROM report_finding WHERE attachment2 = ?
