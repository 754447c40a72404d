-- What every rule's canaries are made of. A canary's name is its rule's id and one
-- character: 违 is whom the rule must find, 例 whom it must not, any other who
-- stands beside them. The name and the birth date make the number; its
-- region, 139 and two more, was never assigned to anybody.
CREATE OR REPLACE TEMP MACRO check_digit(first17) AS
    '10X98765432'[((ascii(first17[1]) - 48) * 7 + (ascii(first17[2]) - 48) * 9 + (ascii(first17[3]) - 48) * 10 + (ascii(first17[4]) - 48) * 5
        + (ascii(first17[5]) - 48) * 8 + (ascii(first17[6]) - 48) * 4 + (ascii(first17[7]) - 48) * 2 + (ascii(first17[8]) - 48) * 1
        + (ascii(first17[9]) - 48) * 6 + (ascii(first17[10]) - 48) * 3 + (ascii(first17[11]) - 48) * 7 + (ascii(first17[12]) - 48) * 9
        + (ascii(first17[13]) - 48) * 10 + (ascii(first17[14]) - 48) * 5 + (ascii(first17[15]) - 48) * 8 + (ascii(first17[16]) - 48) * 4
        + (ascii(first17[17]) - 48) * 2) % 11 + 1];

CREATE OR REPLACE TEMP MACRO canary_first17(name, born) AS
    '139' || list_position(['LB', 'CB', 'CT', 'BT', 'JC', 'DQ'], left(name, 2)) || substr(name, 3, 2)
    || strftime(born::DATE, '%Y%m%d') || (100 + 2 * strpos('违例甲乙丙', right(name, 1)));

CREATE OR REPLACE TEMP MACRO canary_number(name, born) AS
    list_transform([canary_first17(name, born)], n -> n || check_digit(n))[1];

-- How old everybody is of whom a rule's file says nothing else.
CREATE OR REPLACE TEMP MACRO years_before(day, years) AS (day::DATE - to_years(years))::DATE;

-- Earlier snapshots: what a canary stood in then. A canary leaves when its roster
-- changed last, so that no day is a day of change for its sake.
CREATE OR REPLACE TEMP TABLE canary_past AS
SELECT kind, previous_day AS valid_from, changed_on AS valid_to, previous_day >= as_of - exit_lookback_days AND previous_day < as_of AS in_look_back
FROM last_change, policy WHERE previous_day IS NOT NULL AND changed_on <= as_of;
