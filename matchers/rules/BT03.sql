/* @rule
id: BT03
name: 托养照护未落实
question: 有托养需求的低收入重度残疾人，是否没有得到托养照护？
category: 补贴未落实
severity: medium
attachment2: 社会保障
needs: [disability.grade, disability.care_wanted, disability.care_provided, registered_poor, dibao, tekun]
wants: [disability.disability_type]
basis: [{document: 承高社管字〔2021〕29号 三(三), text: "有托养需求的贫困重度残疾人是否提供托养照护"}]
innocent: [自愿放弃, 正在办理, 名册错误]
yields_to: []
check: 核实托养需求和服务情况；有需求的，联系托养服务。
statement: "{disability_type}残疾{disability_grade}级，有托养需求，托养服务登记为“{care_provided}”，疑似未落实"
@rule */
SELECT
    person_id,
    living                         AS "未死亡、未迁出",
    severe                         AS "一、二级残疾，或三级智力、精神残疾",
    low_income                     AS "建档立卡、监测、低保或特困人员",
    care_wanted = '是'             AS "有托养需求",
    care_provided IN ('否', '空白') AS "托养服务为否或空白",
    disability_type, disability_grade, care_wanted, care_provided, poor_type, dibao_amount, tekun_amount
FROM person
