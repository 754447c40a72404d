WITH told AS (
    SELECT json_extract_string(r, '$.reason') AS reason
    FROM (SELECT unnest(json_extract(manifest, '$.rules[*]')) AS r FROM summary_last)
), pending AS (
    SELECT verdict, count(*) AS n FROM summary_finding
    WHERE category <> '数据质量' AND state = '待核实' AND verdict IN ('正在办理', '无法核实') GROUP BY verdict
), explained AS (
    SELECT verdict, count(*) AS n FROM summary_finding WHERE category <> '数据质量' AND state = '不属实' GROUP BY verdict
)
SELECT (SELECT count(*) FROM summary_run), (SELECT min(as_of) FROM summary_run), l.as_of, l.persons, l.households,
    (SELECT count(*) FROM told), (SELECT count(*) FROM told WHERE coalesce(reason, '') = ''), (SELECT count(*) FROM told WHERE coalesce(reason, '') <> ''),
    (SELECT string_agg(h.note || '，自' || h.held_since || '起', '；' ORDER BY h.kind, h.town) FROM published.hold h WHERE h.run_id = l.run_id AND h.accepted_by IS NULL),
    (SELECT count(*) FROM summary_finding WHERE category <> '数据质量' AND origin = '结转'),
    (SELECT count(*) FROM summary_finding WHERE category <> '数据质量' AND origin = '新发现'),
    (SELECT count(*) FROM summary_finding WHERE category <> '数据质量' AND origin = '再次出现'),
    (SELECT count(*) FROM summary_finding WHERE category = '数据质量'),
    (SELECT string_agg(verdict || n || '个', '、' ORDER BY n DESC, verdict) FROM explained),
    (SELECT string_agg(verdict || n || '个', '、' ORDER BY verdict) FROM pending)
FROM summary_last l
