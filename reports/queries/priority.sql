-- How many of each priority group a town is to visit, and how many of them have a doubt.
SELECT row_number() OVER (ORDER BY position, town_position, town) AS n, label, town, households, persons, doubted, view
FROM report_priority WHERE $town = '' OR town = $town
ORDER BY n
