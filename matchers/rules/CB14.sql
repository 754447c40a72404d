/* @rule
id: CB14
name: 特困人员疑似有法定义务人
question: 特困人员同户是否有能够履行义务的配偶、子女或父母？
category: 错保
severity: medium
attachment2: 社会保障
needs: [tekun, dibao, registered_poor.relation, registered_poor.labour, disability.disability_type, disability.grade]
basis: [{document: 社会救助暂行办法（国务院令第649号）第十四条}, {document: 特困人员认定办法（民发〔2016〕178号），2021年6月30日以前}, {document: 特困人员认定办法（民发〔2021〕43号），2021年7月1日起}]
innocent: [名册错误, 证号错误]
yields_to: []
check: 核实同户亲属与本人的法定义务关系和履行能力；确有能力的，按程序退出。
statement: 同户{obliged}有劳动能力，疑似能够履行义务的法定义务人
@rule */
-- Rosters write the relation to the head, who may be somebody else: the visit tells it.
-- Where a relation, a labour or a certificate's grade is blank nobody knows whether the
-- relative could, nor of whom no number is known what other rosters say; who is in tekun is covered and so never one's own relative here.
SELECT
    person_id,
    in_tekun AS "享受特困供养",
    poor     AS "在建档立卡或监测户中",
    able_kin AS "同户有在世的配偶、子女或父母，18至59周岁，普通或技能劳动力，未享受低保特困，非重度残疾，未服刑",
    obliged, obliged_places, relation, support_mode, tekun_amount,
    link_quality,
    tekun_amount AS amount_at_stake
FROM person
LEFT JOIN (
    SELECT person_id,
        CASE WHEN bool_or(fit) THEN true WHEN bool_or(fit IS NULL) THEN NULL ELSE false END AS able_kin,
        string_agg(DISTINCT told, '、' ORDER BY told) FILTER (WHERE fit) AS obliged,
        list(DISTINCT place ORDER BY place) FILTER (WHERE fit) AS obliged_places,
        max(id_quality) FILTER (WHERE fit) AS link_quality -- in the order of the alphabet they get worse
    FROM (
        -- by the household's own row: a relative may stand in another household too, and so may who is in tekun
        SELECT m.person_id, person.id_quality, person.name || '（与户主关系：' || r.relation || '）' AS told, row_at('registered_poor', r.path, r.sheet, r.row_number, NULL) AS place,
            CASE WHEN r.relation IS NOT NULL THEN coalesce(kinship(r.relation) IN ('配偶', '子女', '父母'), false) END
                AND age BETWEEN 18 AND 59 AND able AND living AND NOT covered AND NOT in_custody
                AND CASE WHEN person.id_quality <> 'unresolved' THEN true END
                AND CASE WHEN severe OR NOT disabled OR disability_type || disability_grade IS NOT NULL THEN NOT severe END AS fit
        FROM person JOIN poor_row r USING (person_id)
        JOIN (SELECT subject, person_id FROM member_of_household WHERE person_id IN (SELECT person_id FROM person WHERE in_tekun)) m ON m.subject = r.household_id
    )
    GROUP BY person_id
) USING (person_id)
