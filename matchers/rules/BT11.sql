/* @rule
id: BT11
name: 在保未发放
question: 在低保、特困名册里的，是否没有发钱？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [dibao.amount, tekun.amount]
heeds: [dibao.start_month, tekun.start_month]
basis: [{document: 社会救助暂行办法（国务院令第649号）第十二条、第十四条}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
check: 核对发放记录和银行账户；未发的，查明原因补发。
statement: 在{benefit}名册中，月金额登记为“{paid}”，疑似未发放
@rule */
-- A dibao household is paid as one, a person in tekun alone.
SELECT
    listed_household_id,
    any_living             AS "有未死亡、未迁出的人",
    NOT recent             AS "不是近{pay_lag_months}个月新纳入",
    unpaid                  AS "月保障金或供养金为零或空白",
    benefit, CASE WHEN amount = 0 THEN '0' ELSE coalesce(amount::VARCHAR, '空白') END AS paid, start_month,
    tier, counted,
    map_extract(tier_amount, tier)[1] * counted AS amount_at_stake
FROM (
    SELECT 'dibao|' || dibao_household_id AS listed_household_id, '低保' AS benefit, any_living,
        CASE WHEN recently(start_month, as_of, pay_lag_months) THEN true WHEN start_unread THEN NULL ELSE false END AS recent, amount, unpaid, start_month, tier, coalesce(persons_covered, listed) AS counted
    FROM dibao_household
    JOIN (SELECT subject AS dibao_household_id, bool_or(living) AS any_living FROM member_of_dibao_household JOIN person USING (person_id) GROUP BY subject)
        USING (dibao_household_id), policy
    UNION ALL
    SELECT 'tekun|' || person_id, '特困', living, recent, tekun_amount, tekun_unpaid, tekun_start, NULL, NULL
    FROM person WHERE in_tekun
), policy
