/* @rule
id: BT10
name: 养老保险未参保
question: 劳动年龄的建档立卡人员，是否没有参加养老保险？
category: 补贴未落实
severity: medium
attachment2: 社会保障
needs: [registered_poor.pension_insured, school]
wants: [school.enrolment]
basis: [{document: 承高社管字〔2021〕29号 附件2 社会保障, text: "最低生活保障政策、特困人员救助供养政策、临时救助政策、困难家庭残疾人扶持措施、养老保障措施等落实情况"}, {document: 人力资源社会保障部等关于切实做好社会保险扶贫工作的意见（人社部发〔2017〕59号）}]
innocent: [已纳入, 名册错误, 自愿放弃]
yields_to: []
check: 核实是否已参加居民或职工养老保险、是否已领取待遇；确未参保的，动员参保并落实代缴。
statement: "{age}岁，登记未参加养老保险，疑似养老政策未落实"
@rule */
-- A blank is unknown here, not no: employees' insurance stands in a roster of its own.
SELECT
    person_id,
    living AS "未死亡、未迁出",
    poor   AS "在建档立卡或监测户中",
    age >= 16 AND age < 60 AS "满16周岁不满60周岁",
    NOT enrolled           AS "不在学校名册，或已辍学、退学、毕业",
    CASE pension_insured WHEN '否' THEN true WHEN '是' THEN false END AS "登记未参加养老保险（空白为未知）",
    age, pension_insured, poor_type, student_status, enrolment
FROM person
