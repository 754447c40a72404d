/* @rule
id: CB07
name: 低保金额与档次人数不符
question: 低保户每月的保障金，是否与档次和人数对不上？
category: 错保
severity: medium
attachment2: 社会保障
needs: [dibao.tier, dibao.amount]
basis: [{document: 社会救助暂行办法（国务院令第649号）第十二条}]
innocent: [名册错误]
yields_to: []
check: 核对档次、保障人口和发放金额；有误的，按程序调整或改正名册。
statement: "{tier}档{counted}人，月保障金{amount}元，疑似与应发{expected}元不符"
@rule */
SELECT
    dibao_household_id,
    due IS NOT NULL    AS "档次在政策规定的档次中",
    tiers = 1          AS "该户各行档次相同",
    counted IS NOT NULL AS "保障人数已知",
    amount IS NOT NULL AS "月保障金已知",
    abs(amount - due) > amount_tolerance * due AS "与应发金额（档次金额×人数）相差超过应发的{amount_tolerance}倍",
    tier, counted, persons_covered, listed, amount, due::DECIMAL(14,2) AS expected,
    abs(amount - due)::DECIMAL(14,2) AS amount_at_stake
FROM (
    SELECT *, map_extract(tier_amount, tier)[1] * coalesce(counted, 1) AS due
    FROM (SELECT *, CASE WHEN persons_covered IS NULL AND (covered_unread OR listed_unsure) THEN NULL ELSE coalesce(persons_covered, listed) END AS counted FROM dibao_household), policy
)
