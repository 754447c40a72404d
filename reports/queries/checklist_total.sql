SELECT count(*) AS findings, count(DISTINCT home) AS households,
    count(DISTINCT CASE WHEN level = 'person' THEN person_id END) AS persons
FROM report_finding WHERE attachment2 = $content
