-- What a sample's answers say of the ledger. answered: finding to new verdict, and the
-- file's digest; what was taken from that very file is no second opinion.
-- An open finding errs where it is not true, a checked one where its verdict was the
-- contrary, a cleared one where it is true still.
WITH former AS (
    SELECT v.finding_id, v.verdict FROM published.verdict v JOIN answered a USING (finding_id)
    WHERE v.verdict NOT IN ('正在办理', '无法核实') AND v.file_sha256 <> a.file_sha256
    QUALIFY row_number() OVER (PARTITION BY v.finding_id ORDER BY v.seq DESC) = 1
), compared AS (
    SELECT CASE WHEN former.verdict IS NOT NULL THEN '已核查的疑点' WHEN f.status = 'cleared' THEN '已消除的疑点' ELSE '未核查的疑点' END AS standing,
        CASE WHEN former.verdict IS NOT NULL THEN (a.verdict = '属实') <> (former.verdict = '属实')
            WHEN f.status = 'cleared' THEN a.verdict = '属实' ELSE a.verdict <> '属实' END AS wrong
    FROM answered a JOIN published.finding f USING (finding_id) LEFT JOIN former USING (finding_id)
    WHERE a.verdict NOT IN ('正在办理', '无法核实')
), counted AS (
    SELECT coalesce(standing, '合计') AS standing, count(*) AS checked, count(*) FILTER (WHERE wrong) AS wrong FROM compared GROUP BY ROLLUP (standing) HAVING count(*) > 0
)
SELECT standing, checked, wrong, wilson(wrong, checked).low, wilson(wrong, checked).high FROM counted ORDER BY standing = '合计', standing
