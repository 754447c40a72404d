/* @rule
id: CB06
name: 特困人员身份存疑
question: 特困人员是否既不是老年人、未成年人，又没有视为无劳动能力的残疾，也不在初中、高中、中职就读？
category: 错保
severity: high
attachment2: 社会保障
needs: [tekun, disability.disability_type, disability.grade, school]
wants: [school.enrolment]
basis: [{document: 社会救助暂行办法（国务院令第649号）第十四条}, {document: 特困人员认定办法（民发〔2016〕178号），2021年6月30日以前}, {document: 特困人员认定办法（民发〔2021〕43号），2021年7月1日起}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实残疾证、就学和劳动能力认定材料；确不符合条件的，按程序退出。
statement: "{age}岁，未见视为无劳动能力的残疾，也不在初中、高中、中职就读，特困身份存疑，需核实"
@rule */
-- Without a valid number neither a certificate nor a school could be found for the
-- person: that they are missing says nothing.
SELECT
    person_id,
    in_tekun             AS "享受特困供养",
    id_number IS NOT NULL AS "身份证号有效",
    age >= minor_age AND age < 60 AS "满{minor_age}周岁不满60周岁",
    NOT person.tekun_disability AS "残疾类别、等级不视为无劳动能力",
    NOT secondary        AS "不在初中、高中、中职就读",
    age, support_mode, self_care, disability_type, disability_grade, cert_status, stage, enrolment, tekun_amount,
    tekun_amount AS amount_at_stake
FROM person, policy
