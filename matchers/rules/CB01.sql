/* @rule
id: CB01
name: 同时享受低保和特困
question: 是否有人同时享受低保和特困供养？
category: 错保
severity: high
attachment2: 社会保障
needs: [dibao, tekun]
basis: [{document: 国务院关于进一步健全特困人员救助供养制度的意见（国发〔2016〕14号）}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实本人实际享受哪一项；确属重复的，按程序退出一项。
statement: 疑似同时享受低保（户月保障金（元）：{dibao_amount}）和特困供养（月供养金（元）：{tekun_amount}）
@rule */
SELECT
    person_id,
    in_dibao AS "享受低保",
    in_tekun AS "享受特困供养",
    dibao_category, dibao_amount, dibao_start, tekun_amount, tekun_start,
    dibao_share AS amount_at_stake -- tekun takes its place, so dibao is what is paid wrongly
FROM person
