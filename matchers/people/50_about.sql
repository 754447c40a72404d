-- What a finding says about its subject beyond the rule's own facts.
CREATE OR REPLACE TEMP VIEW member_of_person AS SELECT person_id AS subject, person_id FROM person;
CREATE OR REPLACE TEMP VIEW member_of_row AS SELECT row_id AS subject, person_id FROM roster_row;

CREATE OR REPLACE TEMP VIEW about_person AS
SELECT person_id AS subject, person_id, household_id, id_number, name, household_no, town, village FROM person;

CREATE OR REPLACE TEMP VIEW about_household AS
SELECT household_id AS subject, head_person_id AS person_id, household_id, head_id AS id_number, head_name AS name, household_no, town, village
FROM household;

CREATE OR REPLACE TEMP VIEW about_dibao_household AS
SELECT h.dibao_household_id AS subject, h.head_person_id AS person_id, p.household_id, p.id_number, p.name, h.household_no, h.town, h.village
FROM dibao_household h LEFT JOIN person p ON p.person_id = h.head_person_id;

CREATE OR REPLACE TEMP VIEW about_row AS
SELECT r.row_id AS subject, r.person_id, p.household_id, p.id_number, coalesce(r.name, p.name) AS name, p.household_no,
    coalesce(p.town, r.town) AS town, coalesce(p.village, r.village) AS village
FROM roster_row r JOIN person p USING (person_id);
