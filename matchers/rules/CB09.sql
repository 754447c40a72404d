/* @rule
id: CB09
name: 重度残疾人护理补贴错发
question: 领取重度残疾人护理补贴的人，是否不符合条件？
category: 错保
severity: medium
attachment2: 社会保障
needs: [disability.nursing_subsidy, disability.disability_type, disability.grade, tekun]
basis: [{document: 国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）}, {document: 冀政字〔2015〕74号}]
innocent: [名册错误, 正在办理]
yields_to: []
check: 核实残疾类别、等级和特困身份；不符合条件的，次月起停发护理补贴。
statement: 享受重度残疾人护理补贴，疑似不符合条件：{ground}（{disability_type}{disability_grade}级）
@rule */
-- Whose number nobody can read is not accused: the name alone does not tell who it is.
SELECT
    person_id,
    id_number IS NOT NULL AS "身份证号有效",
    in_disability AND nursing_subsidy = '是' AS "享受重度残疾人护理补贴",
    in_tekun OR NOT nursing_eligible AS "已享受特困供养，或残疾类别、等级不在补贴范围",
    CASE WHEN in_tekun THEN '已享受特困供养' WHEN NOT disabled THEN '无有效残疾证' ELSE '残疾类别、等级不在补贴范围' END AS ground,
    nursing_subsidy, disability_type, disability_grade, cert_status
FROM person
