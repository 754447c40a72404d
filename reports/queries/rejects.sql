SELECT r.kind AS "名册类别", k.label AS "名册", r.path AS "文件", r.sheet AS "工作表", r.row_number AS "行号", r.code AS "代码", r.reason AS "原因", r.cells AS "各单元格原文"
FROM reject r LEFT JOIN roster_state k USING (kind)
ORDER BY r.kind, r.path, r.sheet, r.row_number, r.code
