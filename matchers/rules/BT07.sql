/* @rule
id: BT07
name: 教育资助未落实
question: 低收入家庭或残疾的在校学生，是否没有得到教育资助？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [school.aid_amount, school.aid_item]
wants: [registered_poor, dibao, tekun, disability]
heeds: [school.stage, school.enrolment]
basis: [{document: 社会救助暂行办法（国务院令第649号）第三十三条}, {document: 学生资助资金管理办法（财教〔2019〕19号）}]
innocent: [已纳入, 名册错误, 自愿放弃]
yields_to: []
check: 向学校核实资助发放；符合条件未发的，补办。
statement: 疑似符合资助条件的在校学生（{school}，{stage}）未落实教育资助
@rule */
SELECT
    person_id,
    living           AS "未死亡、未迁出",
    taught           AS "在校或送教上门，研究生除外",
    low_income OR disabled AS "建档立卡、监测、低保、特困人员或持证残疾人",
    NOT school_aided AS "各条记录均无资助金额和资助项目",
    school, CASE stage WHEN 'preschool' THEN '学前' WHEN 'primary' THEN '小学' WHEN 'junior' THEN '初中' WHEN 'senior' THEN '普高'
        WHEN 'vocational' THEN '中职' WHEN 'college' THEN '高职' WHEN 'university' THEN '本科' END AS stage,
    enrolment, poor_type, dibao_amount, tekun_amount, disability_grade, school_aid_amount, school_aid_item
FROM person
