SELECT row_number() OVER (ORDER BY position, town) AS n, * EXCLUDE (position)
FROM report_statistics
WHERE ? = '' OR town = ?
ORDER BY n
