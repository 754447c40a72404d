/* @rule
id: CB10
name: 死亡人员仍领残疾人补贴
question: 是否有人已经死亡，还登记着享受残疾人补贴？
category: 错保
severity: high
attachment2: 社会保障
needs: [disability.living_subsidy|disability.nursing_subsidy, verification]
basis: [{document: 国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实死亡日期和补贴发放记录；确已死亡的，次月起停发并追回多发金额。
statement: 核对信息显示疑似已死亡（死亡日期{death_date}），仍登记享受{ground}
@rule */
SELECT
    person_id,
    in_disability AND (living_subsidy = '是' OR nursing_subsidy = '是') AS "享受生活补贴或护理补贴",
    dead_before_month AS "核对信息中本月以前已死亡，或死亡日期不明",
    death_date,
    concat_ws('、', CASE WHEN living_subsidy = '是' THEN '困难残疾人生活补贴' END, CASE WHEN nursing_subsidy = '是' THEN '重度残疾人护理补贴' END) AS ground,
    living_subsidy, nursing_subsidy, cert_status
FROM person
