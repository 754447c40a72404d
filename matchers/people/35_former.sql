-- Registered households of the previous differing snapshot of which a row is gone,
-- by the number that they had then: it may have been given to another since.
CREATE OR REPLACE TEMP TABLE former_row AS
SELECT *, coalesce(town, '') || '|' || coalesce(household_no, person_id) AS former_household_id,
    {'rank': CASE WHEN kinship(relation) = '户主' THEN 0 ELSE 1 END, 'path': path, 'sheet': sheet, 'row': row_number, 'person': person_id} AS place
FROM previous_registered_poor WHERE coalesce(in_force, true);

-- Dibao and tekun as the previous differing snapshot had them.
CREATE OR REPLACE TEMP TABLE previous_dibao_row AS
SELECT p.*, was_listed('dibao', previous_day, town) AS was_listed
FROM past_dibao_row p JOIN last_change ON kind = 'dibao'
WHERE coalesce(in_force, true) AND valid_from < changed_on AND (valid_to IS NULL OR valid_to >= changed_on);

CREATE OR REPLACE TEMP TABLE previous_dibao_household AS
SELECT dibao_household_id, any_value(town) AS town, min(village) AS village, any_value(household_no) AS household_no,
    arg_min(person_id, (CASE WHEN kinship(relation) = '户主' THEN 0 ELSE 1 END, path, sheet, row_number, person_id)) AS head_person_id,
    arg_min(name, (CASE WHEN kinship(relation) = '户主' THEN 0 ELSE 1 END, path, sheet, row_number, person_id)) AS head_name,
    min(tier) AS tier, max(amount) AS amount, nullif(max(persons_covered), 0) AS persons_covered,
    count(DISTINCT person_id)::INTEGER AS listed, max(income_per_capita) AS income_per_capita,
    arg_min({'path': path, 'sheet': sheet, 'row_number': row_number}, (path, sheet, row_number)) AS place,
    any_value(was_listed) AS was_listed
FROM previous_dibao_row GROUP BY dibao_household_id;

CREATE OR REPLACE TEMP TABLE previous_tekun AS
SELECT person_id, min(name) AS name, min(town) AS town, min(village) AS village, max(amount) AS amount, max(care_amount) AS care_amount, min(self_care) AS self_care,
    arg_min({'path': path, 'sheet': sheet, 'row_number': row_number}, (path, sheet, row_number)) AS place
FROM past_tekun JOIN last_change ON kind = 'tekun'
WHERE coalesce(in_force, true) AND valid_from < changed_on AND (valid_to IS NULL OR valid_to >= changed_on)
GROUP BY person_id;

-- Who was paid a disability subsidy in the previous differing snapshot, as far as
-- the row that said so is gone: whose row stands is paid still.
CREATE OR REPLACE TEMP TABLE paid_before AS
SELECT person_id, bool_or(living_subsidy = '是') AS living_subsidy, bool_or(nursing_subsidy = '是') AS nursing_subsidy, max(id_quality) AS id_quality,
    list(row_at('disability', path, sheet, row_number, stood_on) ORDER BY path, sheet, row_number) AS places
FROM previous_disability WHERE id_quality <> 'unresolved' AND (living_subsidy = '是' OR nursing_subsidy = '是') GROUP BY person_id;
