-- Every rule: what it found, and how often the visits agreed with it.
WITH doubt AS (
    SELECT rule_id, count(*) AS n, count(*) FILTER (WHERE is_new) AS fresh FROM finding GROUP BY rule_id
)
SELECT r.category, r.rule_id, r.name, CASE r.severity WHEN 'high' THEN '高' WHEN 'medium' THEN '中' ELSE '低' END,
    r.status, coalesce(r.reason, ''), coalesce(r.examined, 0), coalesce(d.n, 0), coalesce(d.fresh, 0),
    coalesce(p.checked, 0), coalesce(p.confirmed, 0), coalesce(p.rectified, 0), coalesce(p.share, 0), coalesce(p.low, 0), coalesce(p.high, 0)
FROM rule r LEFT JOIN doubt d USING (rule_id) LEFT JOIN rule_precision p ON p.rule_id = r.rule_id AND p.town = ''
ORDER BY category_position(r.category), r.rule_id
