-- What the reports share. A finding without a town goes to a folder of its own;
-- categories and severities have an order that is not the alphabet's.
CREATE OR REPLACE TEMP VIEW report_finding AS
SELECT f.*, coalesce(nullif(f.town, ''), '镇别不明') AS report_town,
    r.name AS rule_name, r."check" AS check_text, r.attachment2,
    list_position(['漏保', '错保', '错退', '补贴未落实', '防贫监测', '数据质量'], f.category) AS category_position,
    list_position(['high', 'medium', 'low'], f.severity) AS severity_position,
    CASE f.severity WHEN 'high' THEN '高' WHEN 'medium' THEN '中' ELSE '低' END AS severity_label,
    CASE f.confidence WHEN 'high' THEN '高' WHEN 'medium' THEN '中' ELSE '低' END AS confidence_label,
    CASE f.status WHEN 'open' THEN '待核实' WHEN 'reopened' THEN '再次出现' WHEN 'confirmed' THEN '已属实' END AS status_label
FROM finding f LEFT JOIN rule r USING (rule_id);

CREATE OR REPLACE TEMP VIEW report_town AS
SELECT town, min(position) AS position FROM (
    SELECT name AS town, position FROM town
    UNION ALL SELECT DISTINCT town, 1000000 FROM household WHERE town <> ''
    UNION ALL SELECT DISTINCT report_town, CASE report_town WHEN '镇别不明' THEN 3000000 ELSE 2000000 END FROM report_finding
) GROUP BY town;

-- Living members of poor households, with their household's numbers.
CREATE OR REPLACE TEMP VIEW report_poor AS
SELECT p.*, coalesce(nullif(h.town, ''), '镇别不明') AS report_town, h.type AS household_type, h.risk_eliminated AS eliminated
FROM person p JOIN household h USING (household_id);
