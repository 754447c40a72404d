/* @rule
id: DQ06
name: 性别或证件信息矛盾
question: 名册写的性别、残疾类别、残疾等级，是否与证号矛盾？
category: 数据质量
severity: low
attachment2: none
needs: [registered_poor.sex|dibao.sex|tekun.sex|disability.sex|school.sex|disability.cert_no]
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核对身份证、残疾证，改正错的一处。
statement: 名册所写与证号疑似矛盾：{contradiction}
@rule */
-- A number that does not check tells no sex, whoever it was resolved to; nor is it
-- held against a certificate's, of which seventeen digits tell all: the next follows from them.
SELECT
    row_id,
    contradiction <> '' AS "性别与身份证号不符，或残疾类别、等级、身份证号与残疾证号不符",
    coalesce(nullif(contradiction, ''), '无') AS contradiction
FROM (
    SELECT row_id, concat_ws('；',
        CASE WHEN r.sex <> digit_sex(r.valid_number) THEN '性别写' || r.sex || '，身份证号为' || digit_sex(r.valid_number) END,
        CASE WHEN d.disability_type <> d.cert_type THEN '残疾类别写' || d.disability_type || '，残疾证号为' || d.cert_type END,
        CASE WHEN d.grade <> d.cert_grade THEN '残疾等级写' || d.grade || '级，残疾证号为' || d.cert_grade || '级' END,
        CASE WHEN d.cert_grade IS NOT NULL AND left(regexp_replace(d.cert_no, '[^0-9]', '', 'g'), 17) <> left(r.valid_number, 17) THEN '残疾证号前18位与身份证号不同' END) AS contradiction
    FROM (SELECT row_id, kind, sex, CASE WHEN id_quality IN ('exact', 'suspect') THEN id_number END AS valid_number FROM roster_row) r
    LEFT JOIN disability d USING (row_id)
)
