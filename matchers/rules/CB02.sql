/* @rule
id: CB02
name: 低保重复享受
question: 是否有人同时在两个以上低保户里享受低保？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao]
basis: [{document: 承高社管字〔2021〕29号 五(一), text: "最大限度避免“漏保”“错保”“错退”现象发生"}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核对各低保证的发放记录；确属重复的，保留一户。
statement: 疑似在{dibao_households}个低保户中重复享受低保：{dibao_household_list}
@rule */
-- Whose number nobody can read is not accused: the name alone does not tell who it is.
SELECT
    person_id,
    id_number IS NOT NULL AS "身份证号有效",
    dibao_households > 1 AS "在两个以上低保户中",
    dibao_households, dibao_household_list, dibao_amount,
    dibao_share AS amount_at_stake
FROM person
