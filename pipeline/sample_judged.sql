-- The verdicts of a sample that came back: returned. One that names no finding of the
-- ledger, or is no verdict, is told and left out; so are two of one finding that differ.
CREATE OR REPLACE TEMP TABLE sample_judged AS
WITH given AS (
    SELECT n, file, sheet, row_number, file_sha256, bare(finding_id) AS finding_id, bare(verdict) AS verdict FROM returned WHERE bare(verdict) <> ''
), checked AS (
    SELECT *, CASE WHEN finding_id = '' THEN 'E-FBK-01' WHEN finding_id NOT IN (SELECT finding_id FROM published.finding) THEN 'E-FBK-02'
        WHEN verdict NOT IN (FROM verdict_word) THEN 'E-FBK-05' END AS fault
    FROM given
)
SELECT *, coalesce(fault, CASE WHEN count(DISTINCT verdict) FILTER (WHERE fault IS NULL) OVER (PARTITION BY finding_id) > 1 THEN 'E-FBK-07' END) AS code,
    CASE code WHEN 'E-FBK-02' THEN '台账没有疑点 ' || finding_id WHEN 'E-FBK-05' THEN '核查结论为“' || verdict || '”'
        WHEN 'E-FBK-07' THEN '疑点 ' || finding_id || ' 另有不同的核查结论' END AS reason
FROM checked;

CREATE OR REPLACE TEMP TABLE answered AS
SELECT finding_id, any_value(verdict) AS verdict, any_value(file_sha256) AS file_sha256 FROM sample_judged WHERE code IS NULL GROUP BY finding_id;
