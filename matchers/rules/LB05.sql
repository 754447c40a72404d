/* @rule
id: LB05
name: 疑似符合特困条件未纳入特困
question: 全家都没有劳动能力、又有老人或重残的户，是否没有人享受特困供养？
category: 漏保
severity: medium
attachment2: 社会保障
needs: [registered_poor, disability.disability_type, disability.grade, tekun]
wants: [registered_poor.labour]
basis: [{document: 承高社管字〔2021〕29号 附件2 社会保障, text: "对失能特困老人、孤儿、残疾人是否做到应保尽保、应兜尽兜。"}, {document: 社会救助暂行办法（国务院令第649号）第十四条}, {document: 特困人员认定办法（民发〔2016〕178号），2021年6月30日以前}, {document: 特困人员认定办法（民发〔2021〕43号），2021年7月1日起}]
innocent: [已纳入, 自愿放弃, 名册错误]
yields_to: []
check: 入户核实劳动能力、生活来源和法定义务人；符合条件的纳入特困供养，已享受低保的由本人选择。
statement: 全户在世{living_members}人疑似都无劳动能力（{incapable}），无人享受特困供养（低保名册所列：{in_dibao_names}）
@rule */
-- Whether somebody is obliged to support them no roster tells: the visit does. A
-- household in dibao is asked about all the same, since tekun pays more.
SELECT
    household_id,
    all_no_labour        AS "有在世成员，且都无劳动能力（满60周岁、不满16周岁、重度残疾或登记无劳动力）",
    any_aged_or_helpless AS "其中有人满60周岁，或残疾类别、等级视为无劳动能力",
    NOT any_in_tekun     AS "在世成员无人享受特困供养",
    living_members, members, type, incapable,
    coalesce(names_in_dibao, CASE WHEN EXISTS (FROM roster_state WHERE kind = 'dibao' AND loaded) THEN '未见' ELSE '本期没有名册' END) AS in_dibao_names, dibao_places
FROM household
LEFT JOIN (
    SELECT subject AS household_id, string_agg(name || CASE
        WHEN age >= 60 OR age < 16 THEN age || '岁'
        WHEN severe THEN concat(disability_type, disability_grade, '级残疾') -- a type may be unreadable
        ELSE labour END, '、' ORDER BY birth_date, name) AS incapable
    FROM member_of_household JOIN person USING (person_id)
    WHERE living AND subject IN (SELECT household_id FROM household WHERE all_no_labour) GROUP BY subject
) USING (household_id)
