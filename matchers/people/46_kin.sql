-- Who is what to whom in a household as its roster lists it. A person in two
-- households is to each head what that household's row says. A step-child may be of the
-- head's own age.
CREATE OR REPLACE TEMP TABLE household_kin AS
WITH kin AS (
    SELECT l.roster, l.household_id, person_id, kinship(l.relation) AS kinship, l.relation, l.household_no, p.name, p.birth_date, p.age
    FROM (
        SELECT 'registered_poor' AS roster, household_id, person_id, relation, household_no FROM poor_row
        UNION ALL SELECT 'dibao', dibao_household_id, person_id, relation, household_no FROM dibao_row
    ) l JOIN person p USING (person_id)
), head AS (
    SELECT roster, household_id, count(DISTINCT person_id)::INTEGER AS heads, max(birth_date) AS born
    FROM kin WHERE kinship = '户主' GROUP BY ALL
)
SELECT roster || '|' || household_id AS listed_household_id, roster, household_id, coalesce(any_value(heads), 0) AS heads,
    any_value(heads) IS NULL AND NOT bool_or(relation IS NULL) AND bool_and(household_no IS NOT NULL) AS no_head,
    string_agg(DISTINCT relation || name, '、' ORDER BY relation || name)
        FILTER (WHERE kinship = '子女' AND NOT contains(relation, '继') AND birth_date < born + INTERVAL 12 YEAR) AS child_too_old,
    string_agg(DISTINCT relation || name, '、' ORDER BY relation || name) FILTER (WHERE kinship = '配偶' AND age < 16) AS spouse_too_young,
    bool_or(relation IS NULL OR birth_date IS NULL) AS untold
FROM kin LEFT JOIN head USING (roster, household_id)
GROUP BY roster, household_id;
