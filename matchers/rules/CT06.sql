/* @rule
id: CT06
name: 监测对象从名单消失
question: 上期风险没有消除的监测户，本期是否整户从名册里消失了？
category: 错退
severity: high
attachment2: 防贫监测
needs: [registered_poor.risk_eliminated, registered_poor.previous]
basis: [{document: 关于健全防止返贫动态监测和帮扶机制的指导意见（中农组发〔2021〕7号）}, {document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [已死亡, 已迁出, 名册错误]
righted: [poor]
passing: true
yields_to: []
check: 核实该户去向；风险未消除的，恢复监测。
statement: 上期名册中风险未消除的监测户（{members}人），在世成员在本期名册中一人也没有，疑似从名单消失
@rule */
-- Told by persons: household numbers are issued again.
SELECT
    listed_household_id,
    risk_open       AS "上期为监测对象，风险未消除",
    any_living      AS "有证号可识别、未死亡、未迁出的成员",
    NOT any_stands  AS "在世成员无一人在本期名册中",
    type, members, previous_day::DATE AS previous_day, former_places,
    id_quality AS link_quality
FROM (SELECT 'former registered_poor|' || former_household_id AS listed_household_id, * FROM former_household), (SELECT previous_day FROM last_change WHERE kind = 'registered_poor')
