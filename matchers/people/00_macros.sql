-- What several rows of a group say together where one was asked (an aggregate):
-- yes if any says yes; NULL, unknown, where a row cannot tell, for its yes would
-- decide; no if any says no; else 空白.
CREATE OR REPLACE TEMP MACRO said(answer) AS
    CASE WHEN bool_or(answer = '是') THEN '是'
         WHEN bool_or(answer IS NULL) THEN NULL
         WHEN bool_or(answer = '否') THEN '否'
         ELSE '空白' END;

-- Full years on a day.
CREATE OR REPLACE TEMP MACRO age_on(born, day) AS
    year(day::DATE) - year(born::DATE)
    - CASE WHEN strftime(day::DATE, '%m%d') < strftime(born::DATE, '%m%d') THEN 1 ELSE 0 END;
