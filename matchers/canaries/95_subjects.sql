-- Whom and what the canaries became: persons, rows, households of every kind.
-- Nobody else has their path or their towns.
CREATE OR REPLACE TEMP TABLE canary_subject AS
SELECT person_id AS subject FROM roster_row WHERE path = '〔哨兵〕'
UNION SELECT person_id FROM past_dibao WHERE path = '〔哨兵〕'
UNION SELECT person_id FROM past_tekun WHERE path = '〔哨兵〕'
UNION SELECT person_id FROM previous_registered_poor WHERE path = '〔哨兵〕'
UNION SELECT person_id FROM previous_disability WHERE path = '〔哨兵〕'
UNION SELECT row_id FROM roster_row WHERE path = '〔哨兵〕'
UNION SELECT household_id FROM poor_household WHERE starts_with(town, '〔哨兵')
UNION SELECT dibao_household_id FROM dibao_household WHERE starts_with(town, '〔哨兵')
UNION SELECT from_household_id FROM left_household WHERE starts_with(town, '〔哨兵')
UNION SELECT former_household_id FROM former_household WHERE starts_with(town, '〔哨兵')
UNION SELECT listed_household_id FROM listed_household WHERE starts_with(town, '〔哨兵');
