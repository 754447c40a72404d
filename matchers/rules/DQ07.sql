/* @rule
id: DQ07
name: 必填项缺失
question: 必填的格子是否空着？
category: 数据质量
severity: low
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 请报送部门补填。
statement: 必填项疑似缺失：{blanks}
@rule */
-- What the rows of a household say once was filled in for all of them when they were read,
-- and a certificate's number for the ID number. A type is the household's, and often written
-- in the head's row alone: a blank one is no missing cell.
SELECT
    row_id,
    blanks <> '' AS "有必填项空白",
    coalesce(nullif(blanks, ''), '无') AS blanks
FROM (
    SELECT r.row_id, concat_ws('、',
        CASE WHEN r.kind IN ('registered_poor', 'dibao', 'tekun', 'disability') AND r.town IS NULL THEN '镇' END,
        CASE WHEN r.kind = 'registered_poor' AND p.household_no IS NULL THEN '户编号' END,
        CASE WHEN r.kind <> 'verification' AND coalesce(r.name, '') = '' THEN '姓名' END,
        CASE WHEN coalesce(r.id_raw, '') = '' THEN '身份证号' END,
        CASE WHEN r.kind = 'school' AND s.school IS NULL THEN '学校' END,
        CASE WHEN r.kind = 'verification' AND v.item IS NULL THEN '核对项目' END) AS blanks
    FROM roster_row r
    LEFT JOIN registered_poor p USING (row_id)
    LEFT JOIN school s USING (row_id)
    LEFT JOIN verification v USING (row_id)
)
