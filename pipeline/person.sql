-- Who may be meant, and what is known of them: by identity, number (cleaned, or as
-- a roster has it) or folded name, in any version of any roster's rows. Who stands
-- in no roster now is told by the last version.
WITH asked AS (
    SELECT ?::VARCHAR AS raw, ?::VARCHAR AS number, ?::VARCHAR AS name_key, ?::VARCHAR AS town
), meant AS (
    SELECT v.person_id, arg_max(v.name, valid_from) AS name, arg_max(v.town, valid_from) AS town, arg_max(v.village, valid_from) AS village
    FROM ({versions}) v JOIN asked ON person_id IN (raw, number) OR id_raw = raw OR number <> '' AND id_number = number OR asked.name_key <> '' AND v.name_key = asked.name_key
    GROUP BY v.person_id
)
SELECT m.person_id, CASE WHEN left(m.person_id, 1) <> '?' THEN m.person_id ELSE '' END,
    coalesce(p.name, m.name, ''), coalesce(p.other_names, ''), coalesce(p.sex, ''), coalesce(p.birth_date::VARCHAR, ''), coalesce(p.age::VARCHAR, ''),
    coalesce(p.town, m.town, ''), coalesce(p.village, m.village, ''), coalesce(p.household_no, ''), coalesce(p.relation, ''), coalesce(p.id_quality, ''),
    p.person_id IS NOT NULL
FROM meant m JOIN asked ON asked.town = '' OR starts_with(coalesce((SELECT person.town FROM person WHERE person.person_id = m.person_id), m.town), asked.town)
LEFT JOIN person p ON p.person_id = m.person_id
ORDER BY 8, 9, 3, 1
