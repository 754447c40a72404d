-- What several rows of a group say together where one was asked (an aggregate):
-- yes if any says yes; NULL, unknown, where a row cannot tell, for its yes would
-- decide; no if any says no; else 空白.
CREATE OR REPLACE TEMP MACRO said(answer) AS
    CASE WHEN bool_or(answer = '是') THEN '是'
         WHEN bool_or(answer IS NULL) THEN NULL
         WHEN bool_or(answer = '否') THEN '否'
         ELSE '空白' END;

-- Full years on a day, by the days written as numbers. Not by year(): DuckDB lays out a table of
-- eighty years for every call of it that a query has.
CREATE OR REPLACE TEMP MACRO age_on(born, day) AS
    floor((strftime(day::DATE, '%Y%m%d')::INTEGER - strftime(born::DATE, '%Y%m%d')::INTEGER) / 10000)::BIGINT;

-- How somebody is related to the head: rosters write 之子, 子, 长子 or 儿子 for the same.
CREATE OR REPLACE TEMP MACRO kinship(relation) AS
    CASE WHEN relation IN ('户主', '本人', '户主本人', '本人或户主', '本人/户主', '户代表', '申请人') THEN '户主'
         WHEN regexp_full_match(relation, '(户主)?的?之?(配偶|妻|夫|妻子|丈夫|爱人|老伴)') THEN '配偶'
         WHEN regexp_full_match(relation, '(户主)?的?之?(长|次|大|小|老|独生|独|[一二三四五六七八九]|养|继)?(子|女|儿子|女儿)') THEN '子女'
         WHEN regexp_full_match(relation, '(户主)?的?之?(养|继)?(父|母|父亲|母亲|父母)') THEN '父母' END;

-- Where a row stands, as evidence tells it of a row that is not the subject's own of today.
CREATE OR REPLACE TEMP MACRO stands_at(path, sheet, row_number) AS
    path || CASE WHEN sheet = '' THEN '' ELSE ' ' || sheet END || ' 第' || row_number || '行';

-- Such a row, as a fact that is a list of them: of which roster, and of which day's list where
-- that is not the current one. Evidence cites them as it does the subject's own.
CREATE OR REPLACE TEMP MACRO row_at(kind, path, sheet, row_number, day) AS
    {'kind': kind, 'path': path, 'sheet': sheet, 'row': row_number::INTEGER, 'as_of': day::DATE};
CREATE OR REPLACE TEMP MACRO rows_told(rows) AS
    array_to_string(list_transform(rows, at -> stands_at(at.path || coalesce('（' || at.as_of || '）', ''), at.sheet, at.row)), '、');

-- A sum of money, a DECIMAL with its places, as people write it: without idle zeros.
CREATE OR REPLACE TEMP MACRO yuan(amount) AS rtrim(rtrim(amount::VARCHAR, '0'), '.');

-- Whether nothing was paid: zero or a blank cell. Where a sum could not be read it is unknown.
CREATE OR REPLACE TEMP MACRO nothing_paid(amount, unread) AS
    CASE WHEN amount > 0 THEN false WHEN unread THEN NULL ELSE true END;

-- What self-care ability is called.
CREATE OR REPLACE TEMP MACRO care_word(self_care) AS
    CASE self_care WHEN 'full' THEN '全自理' WHEN 'partial' THEN '半护理' WHEN 'none' THEN '全护理' END;

CREATE OR REPLACE TEMP MACRO is_monitored(type) AS type IN ('unstable', 'marginal', 'sudden');

-- What the 17th digit of a valid ID number says.
CREATE OR REPLACE TEMP MACRO digit_sex(id_number) AS
    CASE substr(id_number, 17, 1)::INTEGER % 2 WHEN 1 THEN '男' WHEN 0 THEN '女' END;

-- Taken in so lately that nothing may have been paid yet.
CREATE OR REPLACE TEMP MACRO recently(start_month, day, months) AS
    coalesce(datediff('month', start_month::DATE, day::DATE) < months, false);

-- Whether any of a household is so. Who else is of a household without a number nobody knows:
-- what none of those known is another may be.
CREATE OR REPLACE TEMP MACRO any_of(household_no, answer) AS
    CASE WHEN household_no IS NOT NULL OR answer THEN answer END;
