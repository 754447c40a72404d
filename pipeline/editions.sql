-- Two parts of a roster, files or sheets, whose names differ by a number alone (5月, 6月) and
-- in which more than half of the smaller one's people are the other's: two editions of it.
WITH alike AS (
    SELECT path, sheet, regexp_replace(regexp_replace(path, '\.[A-Za-z]+$', '') || '|' || sheet, '[0-9０-９一二三四五六七八九十]', '', 'g') AS stem
    FROM source_file WHERE kind = '{kind}' AND rows_loaded > 0
    QUALIFY count(*) OVER (PARTITION BY stem) > 1
), part AS (
    SELECT DISTINCT r.path, r.sheet, r.id_number, a.stem
    FROM main.read_{kind} r JOIN alike a ON a.path = r.path AND a.sheet = r.sheet WHERE r.id_number IS NOT NULL
), size AS (
    SELECT path, sheet, count(*) AS people FROM part GROUP BY ALL
), shared AS (
    SELECT a.path, a.sheet, b.path AS other_path, b.sheet AS other_sheet, count(*) AS people
    FROM part a JOIN part b ON a.stem = b.stem AND a.id_number = b.id_number
    WHERE (a.path, a.sheet) < (b.path, b.sheet) GROUP BY ALL
)
SELECT s.path, s.sheet, other_path, other_sheet, s.people
FROM shared s JOIN size a ON a.path = s.path AND a.sheet = s.sheet JOIN size b ON b.path = other_path AND b.sheet = other_sheet
WHERE s.people * 2 > least(a.people, b.people) ORDER BY ALL
