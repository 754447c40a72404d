/* @rule
id: CB05
name: 收入超标且不在渐退期
question: 低保户自己登记的收入，是否高于低保标准，又不在渐退期内？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao.income_per_capita]
heeds: [dibao.gradual_exit_until, dibao.category]
basis: [{document: 社会救助暂行办法（国务院令第649号）第九条、第十三条}]
innocent: [名册错误, 正在办理]
yields_to: []
check: 核实家庭收入和渐退期；确已超标且不在渐退期的，按程序退出。
statement: 低保名册所记家庭人均年收入{dibao_income}元，疑似高于低保标准，{exit_told}
@rule */
-- A roster without a column of the gradual exit registers nobody's: the visit asks.
SELECT
    dibao_household_id,
    income_per_capita IS NOT NULL AS "家庭人均收入已知",
    income_per_capita > CASE WHEN category = '城市' THEN dibao_standard_urban ELSE dibao_standard END
        AS "人均收入高于低保标准（农村{dibao_standard}元，城市{dibao_standard_urban}元）",
    CASE WHEN gradual_exit_until >= as_of THEN false WHEN exit_unread THEN NULL ELSE true END AS "没有登记渐退期，或已满",
    CASE WHEN gradual_exit_until IS NOT NULL THEN '渐退期已满' WHEN exits_told THEN '没有登记渐退期' ELSE '名册没有渐退期一列' END
        || CASE WHEN monthly THEN '；收入由月收入折算' ELSE '' END
        || CASE WHEN category IS NULL THEN '；名册没有写明城乡，按农村标准比较' ELSE '' END AS exit_told, income_per_capita AS dibao_income, CASE WHEN monthly THEN '是' END AS income_monthly, category, gradual_exit_until, amount,
    amount AS amount_at_stake
FROM dibao_household, policy, (SELECT list_contains(columns, 'gradual_exit_until') AS exits_told FROM roster_state WHERE kind = 'dibao')
