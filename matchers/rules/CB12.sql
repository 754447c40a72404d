/* @rule
id: CB12
name: 低保复核逾期
question: 低保户是否过了复核周期还没有复核？
category: 错保
severity: low
attachment2: 社会保障
needs: [dibao.last_review]
wants: [dibao.tier]
basis: [{document: 最低生活保障审核审批办法（试行）（民发〔2012〕220号），2021年6月30日以前}, {document: 最低生活保障审核确认办法（民发〔2021〕57号），2021年7月1日起}]
innocent: [名册错误]
yields_to: []
check: 核实最近一次复核的时间；确已逾期的，安排复核。
statement: 低保户最近复核时间为{last_review}，疑似超过{due_months}个月未复核
@rule */
SELECT
    dibao_household_id,
    last_review IS NOT NULL AS "最近复核时间已知",
    last_review < as_of - to_months(due_months) AS "距今已超过复核周期（{review_months}个月，无档次的12个月）",
    tier, last_review, due_months
FROM (SELECT h.*, as_of, coalesce(map_extract(review_months, tier)[1], 12)::INTEGER AS due_months FROM dibao_household h, policy)
