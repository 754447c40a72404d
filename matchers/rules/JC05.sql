/* @rule
id: JC05
name: 扶贫系统标注享受而民政名册无
question: 扶贫系统写着享受低保、特困，民政名册里是否没有？
category: 防贫监测
severity: medium
attachment2: 防贫监测
needs: [registered_poor.dibao_flag|registered_poor.tekun_flag, dibao, tekun]
wants: [registered_poor.dibao_flag, registered_poor.tekun_flag]
heeds: [dibao.persons_covered]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [名册错误, 已纳入]
yields_to: []
check: 核实是否实际享受；未享受的，改正扶贫系统或按规定纳入。
statement: 扶贫名册标注享受{flagged}，民政名册中没有，疑似账实不符
@rule */
SELECT
    person_id,
    poor AS "在建档立卡或监测户中",
    dibao_flag = '是' OR tekun_flag = '是' AS "扶贫名册标注享受低保或特困",
    NOT covered AS "低保、特困名册中都没有",
    NOT possibly_covered AS "不在只列户主的低保户中",
    concat_ws('、', CASE WHEN dibao_flag = '是' THEN '低保' END, CASE WHEN tekun_flag = '是' THEN '特困' END) AS flagged,
    dibao_flag, tekun_flag
FROM person
