/* @rule
id: CB11
name: 服刑人员计入保障人口
question: 是否有人正在服刑、在押，还计入低保或特困？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao, tekun, verification]
heeds: [verification.exempt]
basis: [{document: 最低生活保障审核审批办法（试行）（民发〔2012〕220号），2021年6月30日以前}, {document: 最低生活保障审核确认办法（民发〔2021〕57号）第二章，2021年7月1日起}, {document: 特困人员认定办法（民发〔2016〕178号），2021年6月30日以前}, {document: 特困人员认定办法（民发〔2021〕43号），2021年7月1日起}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实服刑、在押情况（社区矫正的除外）；确在服刑的，从保障人口中减去，同户其他人不受影响。
statement: 核对信息显示疑似服刑、在押（日期{custody_date}），仍计入{benefit}保障人口
@rule */
SELECT
    person_id,
    covered    AS "享受低保或特困",
    in_custody AS "核对信息中服刑、在押，未豁免",
    concat_ws('、', CASE WHEN in_dibao THEN '低保' END, CASE WHEN in_tekun THEN '特困' END) AS benefit, custody_date, dibao_amount, tekun_amount,
    coalesce(tekun_amount, dibao_share) AS amount_at_stake
FROM person
