-- What several rows say together where one was asked: yes if any says yes, no
-- if any says no, else 空白; NULL where the column is missing.
CREATE OR REPLACE TEMP MACRO said(answers) AS
    CASE WHEN list_contains(answers, '是') THEN '是'
         WHEN list_contains(answers, '否') THEN '否'
         WHEN list_contains(answers, '空白') THEN '空白' END;

-- Full years on a day.
CREATE OR REPLACE TEMP MACRO age_on(born, day) AS
    year(day::DATE) - year(born::DATE)
    - CASE WHEN strftime(day::DATE, '%m%d') < strftime(born::DATE, '%m%d') THEN 1 ELSE 0 END;
