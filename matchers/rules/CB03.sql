/* @rule
id: CB03
name: 死亡人员仍在保
question: 是否有人已经死亡，还留在低保或特困名册里？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao, tekun, verification]
basis: [{document: 社会救助暂行办法（国务院令第649号）第十三条}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实死亡日期和发放记录；确已死亡的，从次月起停发并追回多发金额。
statement: 核对信息显示疑似已死亡（死亡日期{death_date}），仍在低保或特困名册中
@rule */
SELECT
    person_id,
    covered           AS "享受低保或特困",
    dead_before_month AS "核对信息中本月以前已死亡，或死亡日期不明",
    death_date, dibao_amount, tekun_amount,
    coalesce(tekun_amount, dibao_share) AS amount_at_stake
FROM person
