/* @rule
id: CB08
name: 困难残疾人生活补贴错发
question: 领取困难残疾人生活补贴的人，是否不符合条件？
category: 错保
severity: medium
attachment2: 社会保障
needs: [disability.living_subsidy, registered_poor, dibao, tekun]
basis: [{document: 国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）}, {document: 冀政字〔2015〕74号}]
innocent: [名册错误, 正在办理]
yields_to: []
check: 核实残疾证、低保或边缘户身份；不符合条件的，次月起停发生活补贴。
statement: 享受困难残疾人生活补贴，疑似不符合条件：{ground}
@rule */
-- Whose number nobody can read is not accused: the name alone does not tell who it is.
-- Of somebody in two households one that is marginal is enough.
SELECT
    person_id,
    id_number IS NOT NULL AS "身份证号有效",
    in_disability AND living_subsidy = '是' AS "享受困难残疾人生活补贴",
    in_tekun OR NOT disabled OR NOT (in_dibao OR poor AND marginal)
        AS "已享受特困供养，或无有效残疾证，或既非低保对象也非边缘易致贫户",
    CASE WHEN in_tekun THEN '已享受特困供养' WHEN NOT disabled THEN '无有效残疾证'
        WHEN possibly_covered THEN '未列入低保名册（户主的低保户或已包括本人），也非边缘易致贫户' ELSE '非低保对象，也非边缘易致贫户' END AS ground,
    living_subsidy, disability_type, disability_grade, cert_status, poor_type
FROM person
LEFT JOIN (
    SELECT m.person_id, CASE WHEN bool_or(type = 'marginal') THEN true WHEN bool_or(type IS NULL) THEN NULL ELSE false END AS marginal
    FROM member_of_household m JOIN household h ON h.household_id = m.subject GROUP BY m.person_id
) USING (person_id)
