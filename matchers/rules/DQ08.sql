/* @rule
id: DQ08
name: 户内关系不合常理
question: 户内的关系、年龄、人数，是否不合常理？
category: 数据质量
severity: low
attachment2: none
needs: [registered_poor.relation|dibao.relation|dibao.persons_covered]
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 核对户口簿，改正关系、出生日期或人数。
statement: 户内关系疑似不合常理：{oddities}
@rule */
-- A dibao roster lists who is covered: its head may not be among them, and no head is
-- odd in a registered household alone. Where nothing is odd, but a cell is blank that could
-- have shown it, nobody knows.
SELECT
    listed_household_id,
    CASE WHEN oddities <> '' THEN true WHEN NOT unknown THEN false END
        AS "无户主、多户主，或子女与户主年龄相差不足12岁，或配偶不满16周岁，或所列人数多于享受人数",
    CASE WHEN oddities <> '' THEN oddities WHEN NOT unknown THEN '无' END AS oddities, persons_covered, listed
FROM (
    SELECT k.listed_household_id, concat_ws('；',
            CASE WHEN heads > 1 THEN heads || '名户主' WHEN no_head AND roster = 'registered_poor' THEN '没有户主' END,
            child_too_old || '与户主年龄相差不足12岁', spouse_too_young || '不满16周岁',
            CASE WHEN listed > persons_covered THEN '所列' || listed || '人多于享受人数' || persons_covered || '人' END) AS oddities,
        untold OR roster = 'dibao' AND persons_covered IS NULL AS unknown, persons_covered, listed
    FROM household_kin k
    LEFT JOIN dibao_household d ON d.dibao_household_id = CASE k.roster WHEN 'dibao' THEN k.household_id END
)
