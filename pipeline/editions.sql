-- Two parts of a roster, files or sheets, that are two editions of it: more than half of the
-- smaller one's people are the other's, and
--   * their names differ by no more than a number or a copy's mark (5月, 6月, (1), 副本), or
--   * in a roster of households, those people stand under the same household number, and the parts
--     have much the same columns: a list of heads beside one of members has others. Of the poor
--     it must be more than half of both: the monitored are listed once more by themselves; or
--   * in any other, they are two sheets of a workbook with the same columns and nearly all the
--     same people.
-- {household} is the household's town and number, NULL where the kind has none.
WITH sheet AS (
    SELECT path, sheet, matched, json_keys(matched) AS columns,
        regexp_replace(regexp_replace(path, '\.[A-Za-z]+$', '') || '|' || sheet, '[0-9０-９一二三四五六七八九十()（）【】\[\]_ .·—-]|副本|复件|拷贝|备份|最新|定稿|终稿|修改|更新|新版|旧版|Copy|copy|of', '', 'g') AS stem
    FROM source_file WHERE kind = '{kind}' AND rows_loaded > 0 AND coalesce(note, '') NOT LIKE '%已按户主身份证号并入%' -- see pair.sql
    QUALIFY count(*) OVER () > 1
), part AS (
    SELECT DISTINCT path, sheet, r.id_number, {household} AS household
    FROM main.read_{kind} r JOIN sheet USING (path, sheet) WHERE r.id_number IS NOT NULL
), size AS (
    SELECT path, sheet, count(DISTINCT id_number) AS people FROM part GROUP BY ALL
), shared AS (
    SELECT a.path, a.sheet, b.path AS other_path, b.sheet AS other_sheet, count(DISTINCT a.id_number) AS people,
        count(DISTINCT a.id_number) FILTER (a.household = b.household) AS under_one_number
    FROM part a JOIN part b ON a.id_number = b.id_number
    WHERE (a.path, a.sheet) < (b.path, b.sheet) GROUP BY ALL
), pair AS (
    SELECT s.*, least(a.people, b.people) AS smaller, greatest(a.people, b.people) AS larger, x.stem = y.stem AS named_alike, x.matched = y.matched AS columns_equal,
        len(list_intersect(x.columns, y.columns)) * 4 >= len(list_distinct(x.columns || y.columns)) * 3 AS columns_alike
    FROM shared s
    JOIN size a ON a.path = s.path AND a.sheet = s.sheet JOIN size b ON b.path = other_path AND b.sheet = other_sheet
    JOIN sheet x ON x.path = s.path AND x.sheet = s.sheet JOIN sheet y ON y.path = other_path AND y.sheet = other_sheet
)
SELECT path, sheet, other_path, other_sheet, people
FROM pair
WHERE named_alike AND people * 2 > smaller
    OR columns_alike AND under_one_number * 2 > CASE '{kind}' WHEN 'registered_poor' THEN larger ELSE smaller END
    OR path = other_path AND columns_equal AND people * 10 >= larger * 9
ORDER BY ALL
