/* @rule
id: DQ02
name: 同一名册重复
question: 同一个人在同一名册里是否重复登记？
category: 数据质量
severity: low
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核对重复的行，保留一行；证号误用的，补正。
statement: 疑似在同一名册中重复：{rosters}
@rule */
SELECT
    person_id,
    rosters IS NOT NULL AS "在同一名册中有两行以上",
    rosters, names
FROM (FROM person WHERE id_number IS NOT NULL) -- the same name without a number may be two people
LEFT JOIN (
    SELECT person_id, string_agg(label || times || '行', '、' ORDER BY label) AS rosters
    FROM (
        SELECT person_id, kind, count(*) AS times FROM roster_row
        WHERE kind IN ('registered_poor', 'tekun', 'school') GROUP BY ALL HAVING count(*) > 1
        UNION ALL
        -- a second certificate is no duplicate, the same one twice is
        SELECT person_id, 'disability', count(*) FROM disability GROUP BY person_id, coalesce(cert_no, '') HAVING count(*) > 1
    ) JOIN roster_state USING (kind)
    GROUP BY person_id
) USING (person_id)
LEFT JOIN called_names USING (person_id)
