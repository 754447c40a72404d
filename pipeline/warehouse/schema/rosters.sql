-- The eight rosters as the warehouse keeps them: canonical columns, folded values,
-- and where each row stands in the department's own file. Column order and types
-- are those of sources/roster (a test compares the two).
--
-- Conventions
--   path, sheet, row_number  the file (relative to the inbox), sheet and row as Excel shows it
--   id_raw      the cell's text as sent; id_number: cleaned, 15 digits upgraded, a certificate
--               number cut to its ID number; id_state: what cleaning found out
--                 valid     18 characters, region, date and check digit right (born up to as_of is checked in SQL)
--                 suspicious the same, but the region code is unknown to GB/T 2260
--                 damaged   a number cell, scientific notation or a 000 tail: digits were lost
--                 masked    130890********1234
--                 invalid   anything else that holds characters
--                 missing   blank, 无, 待补 ...
--   name        as written, outer and inner white space removed; name_key: folded for comparison
--               (NFKC, no bracketed remark, spaces or dots; ? stands for one unreadable character)
--   yes/no      是, 否 or 空白; NULL where the file has no such column or its blanks are unknown
--   money       DECIMAL(14,2) yuan; NULL where blank
--   row_key, occurrence  which row it is by its content, wherever it stands: a row that stands
--               twice is two; valid_from: the day since which it stands so
--   months      the first day of the month; *_until: the last day

CREATE TABLE IF NOT EXISTS read_registered_poor (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR, household_no VARCHAR, person_no VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    sex VARCHAR, birth_date DATE, relation VARCHAR,
    household_type VARCHAR, monitor_type VARCHAR,
    type VARCHAR,               -- stable, unstable, marginal, sudden, general
    status VARCHAR, in_force BOOLEAN,
    risk_eliminated BOOLEAN,
    student_status VARCHAR, health VARCHAR, labour VARCHAR,
    income_per_capita DECIMAL(14,2), -- yuan a year
    income_monthly BOOLEAN,     -- the column was a month's; the value is already x 12
    dibao_flag VARCHAR, tekun_flag VARCHAR, medical_insured VARCHAR, pension_insured VARCHAR,
    house_safe VARCHAR, water_safe VARCHAR,
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_dibao (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR, household_no VARCHAR,
    head_name VARCHAR, head_id VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    sex VARCHAR, birth_date DATE, relation VARCHAR,
    category VARCHAR,           -- 农村, 城市
    tier VARCHAR,               -- A, B, C, or as written
    persons_covered INTEGER,    -- declared for the household
    amount DECIMAL(14,2),       -- yuan a month for the household
    income_per_capita DECIMAL(14,2), income_monthly BOOLEAN,
    start_month DATE, last_review DATE, gradual_exit_until DATE,
    single_household VARCHAR,   -- yes/no
    status VARCHAR, in_force BOOLEAN, exit_reason VARCHAR,
    houses INTEGER, financial_assets DECIMAL(14,2),
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_tekun (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    sex VARCHAR, birth_date DATE,
    support_mode VARCHAR,       -- 集中, 分散
    self_care VARCHAR,          -- full, partial, none
    amount DECIMAL(14,2), care_amount DECIMAL(14,2), -- yuan a month
    start_month DATE, status VARCHAR, in_force BOOLEAN,
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_disability (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    sex VARCHAR, birth_date DATE,
    cert_no VARCHAR,
    disability_type VARCHAR,    -- 视力 听力 言语 肢体 智力 精神 多重
    grade INTEGER,              -- 1 (most severe) to 4
    cert_type VARCHAR, cert_grade INTEGER, -- what cert_no says
    living_subsidy VARCHAR, nursing_subsidy VARCHAR, -- yes/no
    care_wanted VARCHAR, care_provided VARCHAR,      -- yes/no
    cert_status VARCHAR, in_force BOOLEAN,
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_medical_aid (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    insured VARCHAR, premium_subsidy VARCHAR, -- yes/no
    total_cost DECIMAL(14,2), reimbursed DECIMAL(14,2), self_pay DECIMAL(14,2), aid_amount DECIMAL(14,2),
    disease VARCHAR, serious VARCHAR, period VARCHAR,
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_school (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    sex VARCHAR, birth_date DATE,
    school VARCHAR, ownership VARCHAR, -- 公办, 民办
    stage VARCHAR,              -- preschool primary junior senior vocational college university graduate
    school_grade VARCHAR,
    enrolment VARCHAR,          -- 在校 (also 在读) 休学 辍学 送教上门 毕业 退学, or as written
    boarding VARCHAR,           -- yes/no
    yearly_cost DECIMAL(14,2), aid_item VARCHAR, aid_amount DECIMAL(14,2),  -- yuan a year
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_temporary_aid (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    aid_date DATE, amount DECIMAL(14,2), reason VARCHAR,
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);

CREATE TABLE IF NOT EXISTS read_verification (
    path VARCHAR, sheet VARCHAR, row_number INTEGER,
    town VARCHAR, village VARCHAR,
    name VARCHAR, name_key VARCHAR, id_raw VARCHAR, id_number VARCHAR, id_state VARCHAR,
    item VARCHAR,               -- death vehicle business property payroll pension housing_fund deposit custody moved, or as written
    detail VARCHAR, amount DECIMAL(14,2), item_date DATE,
    exempt VARCHAR,  -- yes/no
    row_key HUGEINT, occurrence INTEGER, valid_from DATE
);
