SELECT row_number() OVER (ORDER BY t.position, t.town, c.roster, list_position(['新增', '退出', '低保转特困', '特困转低保', '户号变更', '分户', '成员', '享受人数', '档次', '月保障金', '月供养金', '照料护理费', '自理能力', '家庭人均收入'], c.change),
        coalesce(c.village, ''), coalesce(c.household_no, ''), c.person_id, c.before, c.after) AS n,
    t.town, c.village, c.roster, c.change, c.household_no, c.name, c.id_number, c.before, c.after, nullif(c.note, ''), c.previous_day, c.changed_on,
    '《' || c.path || '》' || CASE WHEN c.sheet = '' THEN '' ELSE c.sheet || ' ' END || '第' || c.row_number || '行' AS place
FROM roster_change c JOIN report_place t ON t.town = told_town(c.town)
WHERE $town = '' OR t.town = $town
ORDER BY n
