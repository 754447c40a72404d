/* @rule
id: CB04
name: 核对发现财产或收入
question: 低保户成员名下，是否核对出车辆、工商、多套房产、财政供养、职工养老金、公积金或大额存款？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao, verification]
wants: [verification.amount]
heeds: [verification.exempt]
basis: [{document: 承高社管字〔2021〕29号 二, text: "健全家庭经济状况联动核对机制"}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 逐项核实核对信息是否属于本人、是否豁免；确不符合条件的，按程序调整或退出。
statement: 家庭经济状况核对疑似发现：{items}，需核实是否符合低保条件
@rule */
-- Items are told by kind alone: what somebody owns is no business of a list that
-- goes to a town. Property counts from a person's second on: one is the home, and
-- spouses who own it together have a row each. Who owns which, since when, is told by a
-- digest, so that a finding that a visit dismissed comes back with another car, or another's;
-- a deposit by what it doubles, for it differs in every list, as does the day of a pension.
SELECT
    dibao_household_id,
    items IS NOT NULL AS "成员名下有车辆、工商、两套以上房产、财政供养、职工养老金、公积金或超限额存款",
    items, owned, category, tier, amount,
    amount AS amount_at_stake
FROM dibao_household
LEFT JOIN (
    SELECT dibao_household_id, string_agg(label || CASE WHEN owners > 1 THEN '（' || owners || '人）' ELSE '' END, '、' ORDER BY position) AS items,
        left(md5(string_agg(owned, ' ' ORDER BY position)), 8) AS owned
    FROM (
        SELECT m.subject AS dibao_household_id, label, position, count(DISTINCT person_id) AS owners,
            array_to_string(list_sort(list(DISTINCT concat_ws(' ', person_id, v.item, CASE WHEN v.item IN ('vehicle', 'business', 'property') THEN v.item_date END,
                CASE WHEN v.item = 'deposit' THEN floor(log2(v.amount / deposit_limit)) END))), ' ') AS owned
        FROM verification_hit v
        JOIN member_of_dibao_household m USING (person_id)
        JOIN (VALUES ('vehicle', '车辆', 1), ('business', '工商登记', 2), ('property', '两套以上房产', 3), ('payroll', '财政供养', 4),
            ('pension', '职工养老金', 5), ('housing_fund', '公积金', 6), ('deposit', '存款超限额', 7)) l(item, label, position) ON l.item = v.item
        CROSS JOIN policy
        WHERE counts
        GROUP BY ALL
    ) GROUP BY dibao_household_id
) USING (dibao_household_id)
