/* @rule
id: DQ05
name: 镇别不一致
question: 同一个人，各名册记的镇是否不一样？
category: 数据质量
severity: low
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核实户籍所在镇，改正错的名册。
statement: 各名册所记镇别疑似不一致：{towns}
@rule */
-- Schools and hospitals write the town where they are: they are left out.
SELECT
    person_id,
    towns IS NOT NULL AS "各名册镇别不同",
    towns
FROM person
LEFT JOIN (
    SELECT person_id, string_agg(DISTINCT town, '、' ORDER BY town) AS towns
    FROM roster_row
    JOIN (SELECT person_id FROM roster_row WHERE kind NOT IN ('school', 'medical_aid') GROUP BY person_id HAVING min(town) <> max(town)) USING (person_id)
    WHERE kind NOT IN ('school', 'medical_aid') GROUP BY person_id
) USING (person_id)
