/* @rule
id: BT08
name: 适龄儿童未在校
question: 低收入家庭里义务教育年龄的孩子，是否没有在校？
category: 补贴未落实
severity: high
attachment2: 社会保障
needs: [registered_poor, school]
wants: [dibao, tekun, school.enrolment]
basis: [{document: 义务教育法第十一条}, {document: 承高社管字〔2021〕29号 三(四)}]
innocent: [异地就读, 送教上门, 名册错误]
yields_to: []
check: 核实是否在外地就读、送教上门或经批准缓学；确属失学的，劝返并落实资助。
statement: "{age}岁，疑似适龄儿童未在校（在校名册：{enrolment}）"
@rule */
SELECT
    person_id,
    living       AS "未死亡、未迁出",
    school_age   AS "学年开始前满6周岁未满15周岁",
    low_income   AS "建档立卡、监测、低保或特困人员",
    NOT enrolled AS "不在学校名册，或已辍学、退学、毕业",
    age, student_status, enrolment, school
FROM person
