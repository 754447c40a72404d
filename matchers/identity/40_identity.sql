-- All current rows of all rosters, as far as every roster has them: evidence
-- finds its places here. place orders them: rosters as a town is believed
-- (outputs.md, findings.csv), then file, sheet and row.
CREATE OR REPLACE TEMP TABLE all_row AS
    SELECT 'registered_poor' AS kind, 0 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM registered_poor
    UNION ALL SELECT 'dibao' AS kind, 1 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM dibao
    UNION ALL SELECT 'tekun' AS kind, 2 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM tekun
    UNION ALL SELECT 'disability' AS kind, 3 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM disability
    UNION ALL SELECT 'medical_aid' AS kind, 4 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM medical_aid
    UNION ALL SELECT 'school' AS kind, 5 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, sex, birth_date FROM school
    UNION ALL SELECT 'temporary_aid' AS kind, 6 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM temporary_aid
    UNION ALL SELECT 'verification' AS kind, 7 AS rank, row_id, person_id, id_quality, path, sheet, row_number, town, village, name, name_key, id_raw, id_number, id_state, NULL AS sex, NULL AS birth_date FROM verification;

CREATE OR REPLACE TEMP TABLE roster_row AS
SELECT a.* EXCLUDE (rank), (a.rank * 100000 + p.position) * 10000000000 + a.row_number AS place
FROM all_row a JOIN (
    SELECT kind, path, sheet, row_number() OVER (ORDER BY path, sheet) AS position
    FROM (SELECT DISTINCT kind, path, sheet FROM all_row)
) p ON p.kind = a.kind AND p.path = a.path AND p.sheet = a.sheet;

DROP TABLE all_row;

-- One row a person of the current rosters. The worst of its links is its quality.
CREATE OR REPLACE TEMP TABLE identity AS
SELECT person_id,
    CASE WHEN left(person_id, 1) <> '?' THEN person_id END AS id_number,
    CASE WHEN left(person_id, 1) <> '?' THEN strptime(substr(person_id, 7, 8), '%Y%m%d')::DATE ELSE min(birth_date) END AS birth_date,
    CASE WHEN left(person_id, 1) = '?' THEN min(sex) WHEN substr(person_id, 17, 1)::INTEGER % 2 = 1 THEN '男' ELSE '女' END AS sex,
    CASE max(CASE id_quality WHEN 'exact' THEN 0 WHEN 'repaired' THEN 1 WHEN 'suspect' THEN 2 ELSE 3 END)
        WHEN 0 THEN 'exact' WHEN 1 THEN 'repaired' WHEN 2 THEN 'suspect' ELSE 'unresolved' END AS quality
FROM roster_row GROUP BY person_id;

-- What was done to numbers, row by row: for DQ01, DQ04 and whoever checks.
CREATE OR REPLACE TEMP TABLE identity_link AS
SELECT r.kind, r.path, r.sheet, r.row_number, r.person_id, r.id_raw AS raw_number,
    CASE WHEN r.id_quality <> 'unresolved' THEN coalesce(s.other, r.person_id) END AS resolved_number,
    CASE WHEN r.id_quality = 'unresolved' THEN '未能识别'
         WHEN s.other IS NOT NULL THEN '疑似录入错误'
         WHEN r.id_quality = 'repaired' THEN f.method
         WHEN length(regexp_replace(r.id_raw, '[^0-9０-９]', '', 'g')) = 15 THEN '十五位升位'
         ELSE '残疾证号截取' END AS method
FROM roster_row r
LEFT JOIN repaired f ON r.id_quality = 'repaired' AND f.unresolved = unresolved_id(r.kind, r.town, r.name_key, r.id_raw)
LEFT JOIN suspect s ON r.id_quality = 'suspect' AND s.id_number = r.person_id AND s.kind = r.kind
WHERE r.id_quality IN ('unresolved', 'repaired') OR s.other IS NOT NULL
   OR length(regexp_replace(r.id_raw, '[^0-9０-９A-Za-zＸｘ×хХ]', '', 'g')) IN (15, 20, 22) AND r.id_quality IN ('exact', 'suspect');
