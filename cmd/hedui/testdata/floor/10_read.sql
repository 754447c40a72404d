-- The floor: what the same findings cost when nothing but DuckDB makes them out of
-- the same clean CSVs. A night is measured against it (docs/benchmarks.md).
--
-- Run it in the folder of a month of a clean `hedui demo` district; it reads inbox/*.csv
-- and writes floor.csv:
--
--     cd district/2021-05 && cat …/floor/*.sql | duckdb
--
-- It has what makes findings, and no more: no warehouse, no snapshots, no guard, no
-- ledger, no evidence, no reports, no cleaning. Everything is read as written and cast.
-- The few ID numbers that do not check are led back as rules.md says, since who a row
-- is about decides about findings. Left out are the rules that ask an earlier snapshot
-- (CT01–CT08, CB13): on a first night they find nothing. Policy values are those of
-- May 2021, written where they are used.
SET VARIABLE as_of = DATE '2021-05-10';

-- A number that checks: 17 digits, the check digit that follows from them (ISO 7064
-- MOD 11-2), a day of birth that is one.
CREATE TEMP MACRO check_digit(id) AS substr('10X98765432', (
    ascii(id[1]) * 7 + ascii(id[2]) * 9 + ascii(id[3]) * 10 + ascii(id[4]) * 5 + ascii(id[5]) * 8 + ascii(id[6]) * 4
    + ascii(id[7]) * 2 + ascii(id[8]) * 1 + ascii(id[9]) * 6 + ascii(id[10]) * 3 + ascii(id[11]) * 7 + ascii(id[12]) * 9
    + ascii(id[13]) * 10 + ascii(id[14]) * 5 + ascii(id[15]) * 8 + ascii(id[16]) * 4 + ascii(id[17]) * 2 - 48 * 100) % 11 + 1, 1);
CREATE TEMP MACRO born(id) AS try_strptime(substr(id, 7, 8), '%Y%m%d')::DATE;
CREATE TEMP MACRO checks(id) AS coalesce(regexp_full_match(id, '[1-9][0-9]{16}[0-9X]') AND check_digit(id) = id[18]
    AND born(id) BETWEEN DATE '1900-01-01' AND getvariable('as_of'), false);

CREATE TEMP TABLE poor AS
SELECT 镇 AS town, 户编号 AS household_no, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 性别 AS sex, 与户主关系 AS relation,
    CASE coalesce(监测对象类别, 户类型) WHEN '脱贫不稳定户' THEN 'unstable' WHEN '边缘易致贫户' THEN 'marginal'
        WHEN '突发严重困难户' THEN 'sudden' WHEN '一般农户' THEN 'general' ELSE 'stable' END AS type,
    人员状态 IS DISTINCT FROM '自然减少' AS in_force, coalesce(风险是否消除 = '是', false) AS eliminated, 劳动技能 AS labour,
    家庭人均纯收入::DECIMAL(14,2) AS income, 享受低保政策情况 AS dibao_flag, 享受特困供养政策情况 AS tekun_flag,
    是否参加城乡居民基本医疗保险 AS insured, 是否参加城乡居民基本养老保险 AS pension, 住房是否安全 AS house_safe, 是否解决安全饮用水 AS water_safe
FROM read_csv('inbox/建档立卡.csv', header = true, all_varchar = true);

CREATE TEMP TABLE dibao AS
SELECT 镇 AS town, 低保证号 AS household_no, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 与户主关系 AS relation,
    低保类别 AS category, 档次 AS tier, 享受人数::INTEGER AS persons, 月保障金::DECIMAL(14,2) AS amount,
    家庭年人均收入::DECIMAL(14,2) AS income, (享受起始年月 || '-01')::DATE AS start_month, 最近复核时间::DATE AS last_review,
    last_day((渐退期截止 || '-01')::DATE) AS gradual_until, coalesce(是否单人户 = '是', false) AS single,
    coalesce(状态, '在保') = '在保' AS in_force
FROM read_csv('inbox/低保.csv', header = true, all_varchar = true);

CREATE TEMP TABLE tekun AS
SELECT 镇 AS town, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 自理能力 AS self_care, 月供养金::DECIMAL(14,2) AS amount,
    照料护理费::DECIMAL(14,2) AS care_amount, (享受起始年月 || '-01')::DATE AS start_month, coalesce(状态, '正常') = '正常' AS in_force
FROM read_csv('inbox/特困.csv', header = true, all_varchar = true);

CREATE TEMP TABLE disability AS
SELECT 镇 AS town, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 残疾证号 AS cert_no, 残疾类别 AS type, 残疾等级::INTEGER AS grade,
    困难残疾人生活补贴 AS living_subsidy, 重度残疾人护理补贴 AS nursing_subsidy, 是否有托养需求 AS care_wanted, 是否提供托养 AS care_provided,
    coalesce(证件状态, '正常') = '正常' AS in_force
FROM read_csv('inbox/残疾人.csv', header = true, all_varchar = true);

CREATE TEMP TABLE medical AS
SELECT 镇 AS town, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 是否参保 AS insured, 是否资助参保 AS premium,
    个人自付::DECIMAL(14,2) AS self_pay, 医疗救助金额::DECIMAL(14,2) AS aid, coalesce(是否重特大疾病 = '是', false) AS serious
FROM read_csv('inbox/医疗救助和参保.csv', header = true, all_varchar = true);

CREATE TEMP TABLE school AS
SELECT 户籍镇 AS town, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 学校 AS school, 办学性质 AS ownership, 学段 AS stage,
    coalesce(就读状态, '在校') AS enrolment, 年度费用::DECIMAL(14,2) AS cost, 资助项目 AS aid_item, 资助金额::DECIMAL(14,2) AS aid
FROM read_csv('inbox/在校学生.csv', header = true, all_varchar = true);

CREATE TEMP TABLE aid AS
SELECT 镇 AS town, 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 救助日期::DATE AS day
FROM read_csv('inbox/临时救助.csv', header = true, all_varchar = true);

CREATE TEMP TABLE verification AS
SELECT 姓名 AS name, 身份证号 AS id, checks(身份证号) AS ok, 金额::DECIMAL(14,2) AS amount, 发生日期::DATE AS day, coalesce(是否豁免 = '是', false) AS exempt,
    CASE WHEN 核对项目 IN ('死亡', '火化', '户籍注销') THEN 'death' WHEN 核对项目 IN ('户籍迁出', '迁出') THEN 'moved'
        WHEN 核对项目 IN ('服刑', '在押') THEN 'custody' WHEN 核对项目 IN ('不动产', '房产') THEN 'property'
        WHEN 核对项目 IN ('存款', '金融资产') THEN 'deposit' WHEN 核对项目 IS NOT NULL THEN 'asset' END AS item
FROM read_csv('inbox/核对.csv', header = true, all_varchar = true);
