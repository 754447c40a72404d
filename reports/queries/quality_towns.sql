SELECT r.town, k.label, count(*)
FROM roster_row r JOIN kind k USING (kind)
WHERE r.town <> '' AND r.town NOT IN (SELECT name FROM town) AND (SELECT count(*) FROM town) > 0
GROUP BY r.town, k.label, k.position ORDER BY r.town, k.position
