-- All current rows of all rosters, as far as every roster has them: evidence
-- finds its places here. place orders them: rosters as a town is believed
-- (a finding's town), then file, sheet and row.
CREATE OR REPLACE TEMP TABLE sheet_position AS
SELECT kind, path, sheet, row_number() OVER (ORDER BY rank, path, sheet) * 10000000000 AS position FROM (
    SELECT DISTINCT 0 AS rank, 'registered_poor' AS kind, path, sheet FROM registered_poor
    UNION ALL SELECT DISTINCT 1 AS rank, 'dibao' AS kind, path, sheet FROM dibao
    UNION ALL SELECT DISTINCT 2 AS rank, 'tekun' AS kind, path, sheet FROM tekun
    UNION ALL SELECT DISTINCT 3 AS rank, 'disability' AS kind, path, sheet FROM disability
    UNION ALL SELECT DISTINCT 4 AS rank, 'medical_aid' AS kind, path, sheet FROM medical_aid
    UNION ALL SELECT DISTINCT 5 AS rank, 'school' AS kind, path, sheet FROM school
    UNION ALL SELECT DISTINCT 6 AS rank, 'temporary_aid' AS kind, path, sheet FROM temporary_aid
    UNION ALL SELECT DISTINCT 7 AS rank, 'verification' AS kind, path, sheet FROM verification
);

CREATE OR REPLACE TEMP VIEW roster_row AS
SELECT a.*, p.position + a.row_number AS place
FROM (
    SELECT 'registered_poor' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM registered_poor
    UNION ALL SELECT 'dibao' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM dibao
    UNION ALL SELECT 'tekun' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM tekun
    UNION ALL SELECT 'disability' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM disability
    UNION ALL SELECT 'medical_aid' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM medical_aid
    UNION ALL SELECT 'school' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM school
    UNION ALL SELECT 'temporary_aid' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM temporary_aid
    UNION ALL SELECT 'verification' AS kind, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM verification
) a JOIN sheet_position p ON p.kind = a.kind AND p.path = a.path AND p.sheet = a.sheet;

-- What is gathered of each person is gathered of so many at a time as there is room for: DuckDB spills
-- no text of a group that is under way, and of 50 million it fails.
CREATE OR REPLACE TEMP TABLE slice_of_persons AS
SELECT unnest(range(greatest(ceil(n / rows), 1)::INTEGER)) AS slice
FROM at_a_time, (
    SELECT (SELECT count(*) FROM registered_poor) + (SELECT count(*) FROM dibao) + (SELECT count(*) FROM tekun) + (SELECT count(*) FROM disability)
        + (SELECT count(*) FROM medical_aid) + (SELECT count(*) FROM school) + (SELECT count(*) FROM temporary_aid) + (SELECT count(*) FROM verification) AS n
);
SET VARIABLE slices = (SELECT count(*) FROM slice_of_persons);
CREATE OR REPLACE TEMP MACRO in_slice(person_id) AS
    getvariable('slices') = 1 OR hash(person_id) % getvariable('slices')::UBIGINT = getvariable('slice')::UBIGINT;

-- One row a person of the current rosters, with the name and the place that they are
-- told under. The worst of somebody's links is their quality.
CREATE OR REPLACE TEMP VIEW identity_in_slice AS
SELECT person_id,
    CASE WHEN left(person_id, 1) <> '?' THEN person_id END AS id_number,
    CASE WHEN left(person_id, 1) <> '?' THEN strptime(substr(person_id, 7, 8), '%Y%m%d')::DATE ELSE min(birth_date) END AS birth_date,
    CASE WHEN left(person_id, 1) = '?' THEN min(sex) WHEN substr(person_id, 17, 1)::INTEGER % 2 = 1 THEN '男' ELSE '女' END AS sex,
    CASE max(CASE id_quality WHEN 'exact' THEN 0 WHEN 'repaired' THEN 1 WHEN 'suspect' THEN 2 ELSE 3 END)
        WHEN 0 THEN 'exact' WHEN 1 THEN 'repaired' WHEN 2 THEN 'suspect' ELSE 'unresolved' END AS quality,
    coalesce(arg_min(name, place) FILTER (WHERE NOT contains(name_key, '?')), arg_min(name, place)) AS name,
    arg_min(town, believed) FILTER (WHERE town IS NOT NULL) AS town,
    -- the village of that town, or none
    CASE WHEN arg_min(town, believed) FILTER (WHERE town IS NOT NULL) = arg_min(town, believed) FILTER (WHERE town IS NOT NULL AND village IS NOT NULL)
        THEN arg_min(village, believed) FILTER (WHERE town IS NOT NULL AND village IS NOT NULL) END AS village,
    min(name) <> max(name) AS names_differ
FROM (
    -- whoever is in a poor household has that household's town (people/40_person.sql); of all
    -- others registered_poor says no more than that they live there, or did
    SELECT *, CASE kind WHEN 'verification' THEN NULL WHEN 'registered_poor' THEN 1000000000000000 ELSE 0 END + place AS believed FROM roster_row WHERE in_slice(person_id)
) GROUP BY person_id;
CREATE OR REPLACE TEMP TABLE identity AS FROM identity_in_slice LIMIT 0;
