/* @rule
id: DQ04
name: 疑似身份证号录入错误
question: 身份证号是否录入有误，与别的名册对不上？
category: 数据质量
severity: low
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核对身份证，改正录错的名册。
statement: 身份证号疑似录入错误：{numbers}
@rule */
SELECT
    person_id,
    numbers IS NOT NULL AS "有名册的号码与本号相近，姓名相同",
    numbers
FROM person
LEFT JOIN (
    SELECT person_id, string_agg(DISTINCT label || '“' || raw_number || '”（' || method || '）', '、' ORDER BY label || '“' || raw_number || '”（' || method || '）') AS numbers
    FROM identity_link JOIN roster_state USING (kind)
    WHERE method IN ('一位之差', '相邻颠倒', '少一位', '多一位', '末位丢失', '疑似录入错误')
    GROUP BY person_id
) USING (person_id)
