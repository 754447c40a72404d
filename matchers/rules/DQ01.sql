/* @rule
id: DQ01
name: 身份证号无效
question: 身份证号是否无效，连人是谁都认不出？
category: 数据质量
severity: medium
attachment2: none
needs: []
basis: [{document: 承高社管字〔2021〕29号 五(三), text: "确保基础信息准确、真实"}]
innocent: []
yields_to: []
check: 请报送部门补正身份证号；不作其他处理。
statement: 身份证号“{raw_number}”无效，未能识别，需核实
@rule */
SELECT
    row_id,
    id_quality = 'unresolved' AS "清洗后无效，且未能由其他名册识别",
    coalesce(nullif(id_raw, ''), '空白') AS raw_number
FROM roster_row
