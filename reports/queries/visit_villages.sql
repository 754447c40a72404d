SELECT row_number() OVER (ORDER BY in_village) AS n, in_village, count(*) AS households, count(place) AS doubted,
    count(*) FILTER (WHERE uncovered) AS uncovered, sum(findings)::BIGINT AS findings
FROM (
    SELECT v.in_village, v.place, v.uncovered, (SELECT count(*) FROM report_work w WHERE w.report_town = v.report_town AND w.visit = v.visit) AS findings
    FROM report_visit v WHERE v.report_town = $town
) GROUP BY in_village
ORDER BY n
