SELECT g.label, count(*), count(DISTINCT f.household), count(DISTINCT CASE WHEN f.level = 'person' THEN f.person_id END)
FROM summary_finding f JOIN (VALUES
    ('全部', ['待核实', '属实待整改', '整改完成', '不属实', '已消除']), ('已核查', ['属实待整改', '整改完成', '不属实']), ('属实', ['属实待整改', '整改完成']),
    ('待核实', ['待核实']), ('属实待整改', ['属实待整改']), ('整改完成', ['整改完成']), ('不属实', ['不属实']), ('已消除', ['已消除'])
) g(label, states) ON list_contains(g.states, f.state)
WHERE f.category <> '数据质量'
GROUP BY g.label ORDER BY g.label
