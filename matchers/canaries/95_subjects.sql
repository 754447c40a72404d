-- Whom and what the canaries became: persons, rows, and households of every kind,
-- each under the name of the person or of the head. Nobody else has their path or
-- their towns.
CREATE OR REPLACE TEMP TABLE canary_subject AS
WITH canary AS (
    SELECT person_id FROM roster_row WHERE path = '〔哨兵〕'
    UNION SELECT person_id FROM past_dibao WHERE path = '〔哨兵〕'
    UNION SELECT person_id FROM past_tekun WHERE path = '〔哨兵〕'
    UNION SELECT person_id FROM previous_registered_poor WHERE path = '〔哨兵〕'
    UNION SELECT person_id FROM previous_disability WHERE path = '〔哨兵〕'
), named AS (
    SELECT person_id, name FROM canary LEFT JOIN person USING (person_id)
)
SELECT person_id AS subject, name FROM named
UNION ALL SELECT row_id, name FROM roster_row WHERE path = '〔哨兵〕'
UNION ALL SELECT h.household_id, n.name FROM poor_household h JOIN named n ON n.person_id = h.head_person_id
UNION ALL SELECT h.dibao_household_id, n.name FROM dibao_household h JOIN named n ON n.person_id = h.head_person_id
UNION ALL SELECT former_household_id, head_name FROM former_household WHERE starts_with(town, '〔哨兵')
UNION ALL SELECT from_household_id, head_name FROM left_household WHERE starts_with(town, '〔哨兵')
UNION ALL SELECT h.listed_household_id, coalesce(h.head_name, n.name) FROM listed_household h LEFT JOIN named n ON n.person_id = h.head_person_id
    WHERE starts_with(h.town, '〔哨兵');
