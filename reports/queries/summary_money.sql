-- Yuan a month at stake; blank where no rule of the category could tell.
SELECT category,
    printf('%.2f', sum(amount)) || CASE WHEN count(*) FILTER (WHERE state = '待核实' AND amount IS NOT NULL) > 0 THEN '※' ELSE '' END,
    printf('%.2f', sum(amount) FILTER (WHERE state = '待核实')) || '※',
    printf('%.2f', sum(amount) FILTER (WHERE state IN ('属实待整改', '整改完成'))),
    printf('%.2f', sum(amount) FILTER (WHERE state = '整改完成')),
    printf('%.2f', sum(amount) FILTER (WHERE state IN ('不属实', '已消除')))
FROM summary_finding WHERE category <> '数据质量'
GROUP BY category ORDER BY category_position(category)
