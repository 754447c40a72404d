/* @rule
id: DQ03
name: 同号异名
question: 同一个身份证号，各处写的姓名是否不一样？
category: 数据质量
severity: low
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核对姓名和身份证号，改正错的一处。
statement: 同一身份证号下姓名疑似不一致：{names}
@rule */
-- ? stands for a character that a department's system cannot show: it matches any one.
SELECT
    person_id,
    differ IS NOT NULL AS "各行姓名不同",
    names
FROM person
LEFT JOIN (
    SELECT a.person_id, count(*) AS differ
    FROM (SELECT DISTINCT person_id, name_key FROM roster_row JOIN called_names USING (person_id) WHERE name_key <> '') a
    JOIN (SELECT DISTINCT person_id, name_key FROM roster_row JOIN called_names USING (person_id) WHERE name_key <> '') b
        ON b.person_id = a.person_id AND a.name_key < b.name_key
    WHERE length(a.name_key) <> length(b.name_key)
       OR list_contains(list_transform(range(1, length(a.name_key) + 1),
            i -> a.name_key[i] = b.name_key[i] OR a.name_key[i] = '?' OR b.name_key[i] = '?'), false)
    GROUP BY a.person_id
) USING (person_id)
LEFT JOIN called_names USING (person_id)
