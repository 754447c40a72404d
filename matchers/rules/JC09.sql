/* @rule
id: JC09
name: 风险消除不当
question: 标注风险已消除的监测户，是否其实还没有消除？
category: 防贫监测
severity: high
attachment2: 防贫监测
needs: [registered_poor.risk_eliminated, registered_poor.monitored]
wants: [registered_poor.income_per_capita, registered_poor.house_safe, registered_poor.water_safe, registered_poor.labour, disability.grade, disability.disability_type]
basis: [{document: 关于健全防止返贫动态监测和帮扶机制的指导意见（中农组发〔2021〕7号）}]
innocent: [名册错误]
yields_to: []
check: 核实风险是否真正消除；未消除的，恢复监测。
statement: 已标注风险消除，疑似不当：{ground}
@rule */
SELECT
    household_id,
    living_members > 0 AS "有未死亡、未迁出的成员",
    monitored          AS "监测对象",
    risk_eliminated    AS "已标注风险消除",
    all_no_labour OR coalesce(income_per_capita < monitor_line, false)
        OR coalesce(house_safe = '否', false) OR coalesce(water_safe = '否', false)
        AS "全户无劳动能力，或人均收入低于{monitor_line}元，或住房、饮水不安全",
    concat_ws('、', CASE WHEN all_no_labour THEN '全户无劳动能力' END,
        CASE WHEN income_per_capita < monitor_line THEN '人均收入低于监测线' END,
        CASE WHEN house_safe = '否' THEN '住房不安全' END, CASE WHEN water_safe = '否' THEN '饮水不安全' END) AS ground,
    type, members, income_per_capita, poor_income_monthly, house_safe, water_safe
FROM household, policy
