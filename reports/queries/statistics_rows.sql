SELECT row_number() OVER (ORDER BY position, town) AS n, * EXCLUDE (position)
FROM report_statistics
WHERE $town = '' OR town = $town
ORDER BY n
