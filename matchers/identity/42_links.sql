-- What was done to numbers, row by row: for DQ01, DQ04 and whoever checks.
CREATE OR REPLACE TEMP TABLE identity_link AS
WITH touched AS MATERIALIZED ( -- few: before anything is computed of them
    SELECT * FROM roster_row
    WHERE id_quality IN ('unresolved', 'repaired')
       OR id_quality = 'suspect' AND person_id IN (SELECT id_number FROM suspect)
       OR id_raw <> id_number AND length(regexp_replace(id_raw, '[^0-9０-９A-Za-zＸｘ×хХ]', '', 'g')) IN (15, 20, 22)
)
SELECT r.kind, r.path, r.sheet, r.row_number, r.person_id, r.id_raw AS raw_number,
    CASE WHEN r.id_quality <> 'unresolved' THEN coalesce(s.other, r.person_id) END AS resolved_number,
    CASE WHEN r.id_quality = 'unresolved' THEN '未能识别'
         WHEN s.other IS NOT NULL THEN '疑似录入错误'
         WHEN r.id_quality = 'repaired' THEN f.method
         WHEN length(regexp_replace(r.id_raw, '[^0-9０-９]', '', 'g')) = 15 THEN '十五位升位'
         ELSE '残疾证号截取' END AS method
FROM touched r
LEFT JOIN repaired f ON f.unresolved = CASE WHEN r.id_quality = 'repaired' THEN unresolved_id(r.kind, r.town, r.name_key, r.id_raw) END
LEFT JOIN suspect s ON s.id_number = CASE WHEN r.id_quality = 'suspect' THEN r.person_id END AND s.kind = r.kind
WHERE r.id_quality IN ('unresolved', 'repaired') OR s.other IS NOT NULL
   OR length(regexp_replace(r.id_raw, '[^0-9０-９A-Za-zＸｘ×хХ]', '', 'g')) IN (15, 20, 22);
