/* @rule
id: JC06
name: 民政名册有而扶贫系统标注未享受
question: 民政名册里享受低保、特困，扶贫系统是否写着没有享受？
category: 防贫监测
severity: low
attachment2: 防贫监测
needs: [registered_poor.dibao_flag|registered_poor.tekun_flag, dibao, tekun]
wants: [registered_poor.dibao_flag, registered_poor.tekun_flag]
basis: [{document: 承高社管字〔2021〕29号 附件2 防贫监测, text: "存在风险不纳入、风险消除不清退、账外账、两层皮等问题。"}]
innocent: [名册错误]
yields_to: []
check: 核实后改正扶贫系统的标注。
statement: 民政名册中享受{benefit}，扶贫名册未标注享受，疑似账实不符
@rule */
-- Whether what is received is marked can be asked where something is.
SELECT
    person_id,
    covered AS "享受低保或特困",
    poor    AS "在建档立卡或监测户中",
    CASE WHEN covered THEN in_dibao AND dibao_flag IN ('否', '空白') OR in_tekun AND tekun_flag IN ('否', '空白') END
        AS "享受的一项在扶贫名册中标注为否或空白",
    concat_ws('、', CASE WHEN in_dibao AND dibao_flag IN ('否', '空白') THEN '低保' END,
        CASE WHEN in_tekun AND tekun_flag IN ('否', '空白') THEN '特困' END) AS benefit,
    dibao_flag, tekun_flag, dibao_amount, tekun_amount
FROM person
