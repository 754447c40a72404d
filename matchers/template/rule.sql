/* @rule
id: {ID}
name: 【规则名称，不超过二十个字】
question: 【这条规则查什么，一句话，用问号结尾】
category: {CATEGORY}
severity: medium                   # high 高、medium 中、low 低
attachment2: none                  # 疑点列入附件2哪一行：防贫监测、社会保障；不列入写 none
needs: [registered_poor]           # 缺了就不能查的名册和列，如 dibao、disability.grade；几样有一样就行的写成 a|b
wants: []                          # 缺了其余照查的名册和列
basis: [{document: 【文件和条款】, text: 【那一句原文】}]
innocent: [名册错误]               # 核查后可以说明情况的结论
yields_to: []                      # 已由哪些规则列出的不再列，如 [LB01]
check: 【入户核查看什么、怎么办】
statement: 疑似【一句话写明疑点】（{age}岁），需核实   # 大括号里可写下面的事实和政策参数
facts: {}                          # 词典里没有的事实在这里起中文名，如 {years_poor: 建档年数}
@rule */
SELECT
    person_id,                                -- 检查对象：person_id、household_id、dibao_household_id、listed_household_id 或 row_id
    living      AS "未死亡、未迁出",          -- 是或否的列都是条件，依次检查；列名就是条件的说法
    poor        AS "在建档立卡或监测户中",
    NOT covered AS "未享受低保、特困",
    age, relation                             -- 其余的列是事实，写进依据
FROM person                                   -- 用到政策参数时写 FROM person, policy
