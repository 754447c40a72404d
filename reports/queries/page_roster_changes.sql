-- How many changes the rosters of dibao and tekun brought since the day given.
SELECT roster, change, count(*) FROM roster_change WHERE changed_on > $day::DATE
GROUP BY roster, change ORDER BY roster, count(*) DESC, change
