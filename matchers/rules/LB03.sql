/* @rule
id: LB03
name: 风险未消除监测户未享受任何救助
question: 风险还没消除的监测户，是否全家没有低保、特困，近一年也没有临时救助？
category: 漏保
severity: high
attachment2: 防贫监测
needs: [registered_poor.risk_eliminated, dibao, tekun, registered_poor.monitored]
heeds: [temporary_aid.aid_date, dibao.persons_covered]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
goes_on: [LB06]
check: 入户核实风险是否仍在、是否已有其他帮扶；符合条件的纳入低保、特困或给予临时救助。
statement: 风险未消除的监测户（在册{members}人）疑似无人享受低保、特困，{aid_told}
@rule */
-- Without a roster of temporary aid nobody is known to have been aided: the
-- visit finds it out; staying silent would leave a household without anything.
SELECT
    household_id,
    living_members > 0       AS "有未死亡、未迁出的成员",
    risk_open                AS "监测对象，风险未消除",
    NOT any_covered          AS "无人享受低保、特困",
    NOT any_possibly_covered AS "不在只列户主的低保户中",
    NOT any_aided            AS "近十二个月无临时救助",
    type, members, income_per_capita, poor_income_monthly,
    CASE WHEN aid_listed THEN '近一年未见临时救助' ELSE '没有临时救助名册可比' END AS aid_told
FROM household, (SELECT loaded AS aid_listed FROM roster_state WHERE kind = 'temporary_aid')
