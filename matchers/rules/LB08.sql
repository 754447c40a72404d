/* @rule
id: LB08
name: 因学刚性支出过大未获救助
question: 低收入家庭的学生上公办学校费用很高，是否没有得到资助和临时救助？
category: 漏保
severity: medium
attachment2: 社会保障
needs: [registered_poor, dibao, tekun, school.ownership, school.stage|school.school_grade, school.yearly_cost, school.aid_amount]
heeds: [temporary_aid.aid_date, school.enrolment]
basis: [{document: 承高社管字〔2021〕29号 三(四), text: "因病是指医疗费支出过大，获得重特大疾病医疗救助的农村人口，因学是指农村低收入家庭中，在公办学校（全日制本科以下学校）就学刚性支出过大实际生活困难未成年人。"}]
innocent: [已纳入, 名册错误, 正在办理]
yields_to: []
check: 入户核实就学费用和已有资助；符合条件的给予教育救助或临时救助。
statement: "{age}岁，在公办学校就读，年费用{public_cost}元，疑似因学刚性支出过大，未见学校资助，{aid_told}"
@rule */
-- Without a roster of temporary aid nobody is known to have been aided, as in LB07.
SELECT
    person_id,
    living                         AS "未死亡、未迁出",
    low_income                     AS "建档立卡、监测、低保或特困人员",
    age < 24                       AS "不满24周岁",
    in_public_school               AS "在公办学校就读，研究生除外",
    public_cost >= schooling_cost  AS "公办学校年费用达{schooling_cost}元",
    public_unaided                 AS "学校资助金额为零或空白",
    NOT aided                      AS "本人和同户近十二个月无临时救助",
    age, school, public_cost, public_aid, poor_type, dibao_amount, tekun_amount,
    CASE WHEN aid_listed THEN '近一年未见临时救助' ELSE '没有临时救助名册可比' END AS aid_told
FROM person, policy, (SELECT loaded AS aid_listed FROM roster_state WHERE kind = 'temporary_aid')
