-- A department's own rows: those that were rejected, and those with a finding
-- about the data; a person's finding stands beside each of its rows.
SELECT path, sheet, row_number, town, name, id_raw, problem, detail FROM (
    SELECT r.path, r.sheet, r.row_number, NULL AS town, NULL AS name, NULL AS id_raw, '拒收 ' || r.code AS problem, r.reason || '：' || r.cells AS detail
    FROM reject r JOIN kind k USING (kind) WHERE k.department = ?
    UNION ALL
    SELECT r.path, r.sheet, r.row_number, r.town, r.name, r.id_raw, f.rule_id || ' ' || f.rule_name, f.statement
    FROM report_finding f
    JOIN roster_row r ON r.person_id = f.person_id
    JOIN kind k ON k.kind = r.kind
    WHERE f.category = '数据质量' AND k.department = ?
)
ORDER BY path, sheet, row_number, problem, detail
