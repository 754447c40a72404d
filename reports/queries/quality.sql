-- What is wrong with the departments' own rows, once for all their sheets: rejected
-- rows, cells that were not understood, and findings about the data. A person's
-- finding stands beside those of its rows that the department can mend: a
-- repeated row in the roster that repeats it, a mistyped number where it is so
-- written, names and towns that differ wherever they are written. Of a
-- department so many rows are printed at most; the published file has them all.
CREATE OR REPLACE TEMP TABLE quality_row AS
WITH problem AS (
    SELECT kind, path, sheet, row_number, 1 AS rank, '拒收：' || reason AS problem, NULL AS header FROM reject
    UNION ALL
    SELECT kind, path, sheet, row_number, 2, header || '：' || reason, header FROM cell_fault
    UNION ALL
    SELECT r.kind, r.path, r.sheet, r.row_number, 3, f.statement, NULL
    FROM report_finding f
    JOIN (
        SELECT *, count(*) OVER (PARTITION BY person_id, kind) AS times FROM roster_row
        WHERE person_id IN (SELECT person_id FROM report_finding WHERE category = '数据质量')
    ) r ON r.person_id = f.person_id
    WHERE f.category = '数据质量' AND f.level <> 'row'
      AND CASE f.rule_id WHEN 'DQ02' THEN r.times > 1 WHEN 'DQ04' THEN r.id_quality <> 'exact' ELSE true END
    UNION ALL
    SELECT r.kind, r.path, r.sheet, r.row_number, 3, f.statement, NULL
    FROM report_finding f JOIN found t USING (finding_id) JOIN roster_row r ON r.row_id = t.subject
    WHERE f.category = '数据质量' AND f.level = 'row'
), once AS (
    SELECT kind, path, sheet, row_number, problem, min(rank) AS rank, min(header) AS header FROM problem GROUP BY ALL
), by_row AS (
    SELECT kind, path, sheet, row_number,
        string_agg(problem, chr(10) ORDER BY rank, problem) AS problems,
        to_json(coalesce(list(DISTINCT header ORDER BY header) FILTER (WHERE header IS NOT NULL), []))::VARCHAR AS headers
    FROM once GROUP BY ALL
)
SELECT k.department, b.*,
    row_number() OVER (PARTITION BY k.department ORDER BY k.position, b.path, b.sheet, b.row_number) AS n,
    count(*) OVER (PARTITION BY k.department) AS of
FROM by_row b JOIN kind k USING (kind)
QUALIFY n <= 20000;

-- Whom they are about, for those whose file is not at hand.
CREATE OR REPLACE TEMP TABLE quality_told AS
SELECT q.kind, q.path, q.sheet, q.row_number,
    concat_ws(' ', min(r.town), string_agg(r.name, '、' ORDER BY r.row_id), string_agg(r.id_raw, '、' ORDER BY r.row_id)) AS told
FROM quality_row q JOIN roster_row r ON r.kind = q.kind AND r.path = q.path AND r.sheet = q.sheet AND r.row_number = q.row_number
GROUP BY ALL;

-- The same rows as they stand in the departments' files: cells is a JSON list
-- of texts. The pipeline fills it; a row that it could not find is not in it.
CREATE OR REPLACE TEMP TABLE original_row (path VARCHAR, sheet VARCHAR, row_number INTEGER, cells VARCHAR);
