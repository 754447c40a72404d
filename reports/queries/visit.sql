-- A town's households in visiting order, line by line: 1 the household, 2 its
-- members, 3 its findings.
WITH here AS (SELECT * FROM report_visit WHERE report_town = $town)
SELECT n, in_village, section, a, b, c, d, e FROM (
    SELECT n, in_village, 1 AS section, 1 AS line, number AS a, head AS b,
        concat_ws('，', type, risk, '名册所记人均收入' || in_yuan(income) || '/年') AS c, CASE WHEN uncovered THEN '是' END AS d, place::VARCHAR AS e
    FROM here
    UNION ALL
    SELECT h.n, h.in_village, 2, row_number() OVER (PARTITION BY h.n ORDER BY CASE m.kinship WHEN '户主' THEN 0 WHEN '配偶' THEN 1 ELSE 2 END, m.birth_date, m.person_id),
        m.name, m.relation, m.age::VARCHAR, m.id_number, m.told
    FROM here h JOIN report_member m USING (report_town, visit)
    UNION ALL
    SELECT h.n, h.in_village, 3, row_number() OVER (PARTITION BY h.n ORDER BY f.category_position, f.severity_position, f.rule_id, f.id_number, f.finding_id),
        f.rule_id || ' ' || f.rule_name || coalesce(chr(10) || f.name, '') || '　' || f.finding_id,
        f.statement || coalesce('（再次出现：' || w.returned || '）', ''), f.check_text,
        concat_ws('；', f.verdict, '整改措施：' || f.measures, '整改成效：' || f.effect, f.done_on::VARCHAR || '完成', '核查人：' || f.checker), f.checked_on::VARCHAR
    FROM here h JOIN report_work w USING (report_town, visit) JOIN report_finding f USING (finding_id)
)
ORDER BY n, section, line
