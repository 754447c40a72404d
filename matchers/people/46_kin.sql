-- Who is what to whom in a registered household; unknown where no roster has the relation.
CREATE OR REPLACE TEMP TABLE household_kin AS
WITH kin AS (
    SELECT m.subject AS household_id, p.person_id, p.birth_date, p.age, p.kinship
    FROM member_of_household m JOIN person p USING (person_id)
), head AS (
    SELECT household_id, count(*)::INTEGER AS heads, max(birth_date) AS born FROM kin WHERE kinship = '户主' GROUP BY household_id
)
SELECT h.household_id, CASE WHEN asks.relation THEN coalesce(any_value(head.heads), 0) END AS heads,
    coalesce(bool_or(kin.kinship = '子女' AND kin.birth_date < head.born + INTERVAL 12 YEAR), false) AS any_child_too_old,
    coalesce(bool_or(kin.kinship = '配偶' AND kin.age < 16), false) AS any_spouse_too_young
FROM poor_household h CROSS JOIN asks
LEFT JOIN kin USING (household_id) LEFT JOIN head USING (household_id)
GROUP BY h.household_id, asks.relation;
