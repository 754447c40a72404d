-- A version of a row is in force from valid_from to the day before valid_to.
CREATE OR REPLACE TEMP MACRO stands_on(valid_from, valid_to, day) AS valid_from <= day AND (valid_to IS NULL OR valid_to > day);

-- What the dibao roster listed before, in force or not, with the household.
CREATE OR REPLACE TEMP VIEW past_dibao_row AS
SELECT *, coalesce(town, '') || '|' || coalesce(household_no, person_id) AS dibao_household_id FROM past_dibao;

-- Exits: in force in dibao or tekun in some snapshot within the look-back, and
-- in neither now. A snapshot is a night that saw the row: the roster's own, or
-- any night's, for a roster that did not change was in force all the same. Who is
-- not identified cannot be said to have left: the next list may write the number
-- right. Nor can who is left out while the roster has a row under the same name
-- whose number nobody can read (1.30802E+17 this month): that is DQ01's to ask. A row that
-- stands as it stood beside his is another person's.
CREATE OR REPLACE TEMP TABLE seen_day AS
SELECT kind, as_of AS day FROM snapshot
UNION SELECT kind, run.as_of FROM run, (SELECT unnest(['dibao', 'tekun']) AS kind);

-- On a night on which its town was held, not just old, a row was in force, but may have stood in no
-- list: it is told by a list that had it, if one is young enough.
CREATE OR REPLACE TEMP MACRO was_listed(roster, day, town) AS
    (roster, day, coalesce(town, '')) NOT IN (SELECT (h.kind, h.day, h.town) FROM held_night h WHERE h.reason <> '过期')
    AND (roster, day, '') NOT IN (SELECT (h.kind, h.day, h.town) FROM held_night h WHERE h.reason <> '过期');

CREATE OR REPLACE TEMP TABLE exit_seen AS
WITH gone AS MATERIALIZED ( -- few: before the nights are joined, of which there are many
    SELECT * FROM (
        SELECT 'dibao' AS kind, person_id, id_quality, name, name_key, town, village, path, sheet, row_number, tier,
            dibao_household_id AS household, valid_from, valid_to
        FROM past_dibao_row WHERE coalesce(in_force, true) AND id_quality <> 'unresolved'
        UNION ALL
        SELECT 'tekun', person_id, id_quality, name, name_key, town, village, path, sheet, row_number, NULL, NULL, valid_from, valid_to
        FROM past_tekun WHERE coalesce(in_force, true) AND id_quality <> 'unresolved'
    ) WHERE person_id NOT IN (SELECT person_id FROM of_dibao UNION ALL SELECT person_id FROM of_tekun)
)
SELECT p.kind, p.person_id, arg_max(s.day, (was_listed(p.kind, s.day, p.town), s.day)) AS last_seen,
    -- a person with two rows: one of them, always the same, and all of it
    arg_max(p, (was_listed(p.kind, s.day, p.town), s.day, p.path, p.sheet, p.row_number, p.name)) AS seen
FROM gone p
JOIN seen_day s ON s.kind = p.kind AND stands_on(p.valid_from, p.valid_to, s.day)
JOIN policy ON s.day < as_of AND s.day >= as_of - exit_lookback_days
GROUP BY p.kind, p.person_id;

CREATE OR REPLACE TEMP TABLE unreadable AS
SELECT DISTINCT e.person_id
FROM exit_seen e JOIN (
    SELECT name_key, town, valid_from FROM dibao_row WHERE id_quality = 'unresolved' AND name_key <> ''
    UNION SELECT name_key, town, valid_from FROM tekun WHERE coalesce(in_force, true) AND id_quality = 'unresolved' AND name_key <> ''
) u ON u.name_key = e.seen.name_key
WHERE coalesce(u.town = e.seen.town, true) AND u.valid_from > e.last_seen;

-- Nor has somebody left whose valid number was corrected to another: the name goes on in
-- the household by its number, or as a newcomer's where those are who were in it with him, or in
-- the town's list of tekun; and the old number stands in no roster any more (CT06 asks the same). Where
-- another department has it still, who goes on is doubted to be the same (find.sql).
CREATE OR REPLACE TEMP TABLE goes_on AS
WITH his_household AS MATERIALIZED (
    SELECT person_id, seen.household AS household, true AS same FROM exit_seen WHERE kind = 'dibao'
    UNION
    SELECT e.person_id, d.dibao_household_id, d.dibao_household_id = e.seen.household
    FROM exit_seen e JOIN past_dibao_row p ON p.dibao_household_id = e.seen.household
    JOIN dibao_row d ON d.person_id = p.person_id
    WHERE coalesce(p.in_force, true) AND stands_on(p.valid_from, p.valid_to, e.last_seen)
), namesake AS (
    SELECT e.kind, e.person_id, e.last_seen, d.person_id AS other, d.row_id, same
    FROM exit_seen e JOIN his_household h USING (person_id)
    JOIN dibao_row d ON d.dibao_household_id = h.household AND d.name_key = e.seen.name_key
    WHERE d.name_key <> ''
    UNION
    SELECT e.kind, e.person_id, e.last_seen, t.person_id, t.row_id, false
    FROM exit_seen e JOIN tekun t ON t.name_key = e.seen.name_key AND t.town = e.seen.town
    WHERE e.kind = 'tekun' AND t.name_key <> '' AND coalesce(t.in_force, true)
)
SELECT DISTINCT n.person_id, n.row_id FROM namesake n
WHERE same OR NOT EXISTS (
    FROM (SELECT 'dibao' AS kind, person_id, valid_from, valid_to FROM past_dibao UNION ALL SELECT 'tekun', person_id, valid_from, valid_to FROM past_tekun) p
    WHERE p.kind = n.kind AND p.person_id = n.other AND stands_on(p.valid_from, p.valid_to, n.last_seen));

CREATE OR REPLACE TEMP TABLE renumbered AS
SELECT person_id FROM goes_on WHERE person_id NOT IN (SELECT person_id FROM roster_row WHERE person_id IN (SELECT person_id FROM goes_on));

-- dibao to tekun is none; out of both within the look-back, the later one is told.
CREATE OR REPLACE TEMP TABLE exit_last AS
SELECT e.kind, e.person_id, e.last_seen, e.seen.name, e.seen.town, e.seen.village, e.seen.path, e.seen.sheet, e.seen.row_number,
    e.seen.tier, e.seen.household AS from_household_id, e.seen.id_quality
FROM exit_seen e
WHERE e.person_id NOT IN (FROM unreadable) AND e.person_id NOT IN (FROM renumbered)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY last_seen DESC, kind) = 1;

-- The households that people left, of two on the last day both, and since when until when
-- they were in them.
CREATE OR REPLACE TEMP TABLE exit_household AS
SELECT e.person_id, p.dibao_household_id, min(p.valid_from) AS since, any_value(e.last_seen) AS last_seen
FROM exit_last e JOIN past_dibao_row p USING (person_id)
WHERE e.kind = 'dibao' AND coalesce(p.in_force, true) AND p.valid_from <= e.last_seen
GROUP BY e.person_id, p.dibao_household_id
HAVING bool_or(p.valid_to IS NULL OR p.valid_to > e.last_seen);

-- The households that people left, as the look-back saw them: one row a version of a row,
-- for of two rows of one person either may be the one that tells the head.
CREATE OR REPLACE TEMP TABLE left_household_row AS
SELECT p.dibao_household_id, p.person_id, arg_max(s.day, (was_listed('dibao', s.day, p.town), s.day)) AS last_seen, p AS seen
FROM (FROM past_dibao_row WHERE coalesce(in_force, true)) p
-- before and after the number may have been another household's
JOIN (SELECT dibao_household_id, min(since) AS since, max(last_seen) AS last_left FROM exit_household GROUP BY dibao_household_id) x
    ON x.dibao_household_id = p.dibao_household_id AND p.valid_from <= last_left AND (p.valid_to IS NULL OR p.valid_to > since)
JOIN seen_day s ON s.kind = 'dibao' AND stands_on(p.valid_from, p.valid_to, s.day)
JOIN policy ON s.day < as_of AND s.day >= as_of - exit_lookback_days
GROUP BY ALL;

-- What each exit left behind: until when the household was to be paid on, as far as
-- that was seen while the person was in it, for a fact of the household may stand in
-- one row alone; before, the number may have been another household's. And who else was
-- in it on the last day and is in dibao now: that is told by persons, for the household
-- may have another number since, or the number another household.
CREATE OR REPLACE TEMP TABLE left_behind AS
WITH together AS MATERIALIZED (
    SELECT e.person_id, e.last_seen, r.person_id AS other_id, least(r.last_seen, e.last_seen) AS seen_on, r.seen
    FROM exit_last e JOIN exit_household USING (person_id)
    JOIN left_household_row r ON r.dibao_household_id = exit_household.dibao_household_id
        AND r.seen.valid_from <= e.last_seen AND (r.seen.valid_to IS NULL OR r.seen.valid_to > since)
), promised AS (
    SELECT person_id, arg_max({'until': gradual_exit_until, 'place': row_at('dibao', path, sheet, row_number, CASE WHEN seen_on < as_of THEN seen_on END)},
        (seen_on, gradual_exit_until, path, sheet, row_number)) AS last
    FROM (
        SELECT person_id, seen_on, seen.gradual_exit_until AS gradual_exit_until, seen.path AS path, seen.sheet AS sheet, seen.row_number AS row_number FROM together
        UNION ALL -- the row that says that it has ended may say until when it was to go on
        SELECT person_id, as_of, gradual_exit_until, path, sheet, row_number
        FROM (SELECT *, coalesce(town, '') || '|' || coalesce(household_no, person_id) AS dibao_household_id FROM dibao WHERE NOT in_force) d
        SEMI JOIN exit_household USING (person_id), policy
        -- but not of another household, which had ended before
        WHERE (person_id, dibao_household_id) IN (SELECT (person_id, dibao_household_id) FROM exit_household) OR NOT EXISTS (
            FROM past_dibao_row p JOIN exit_last e USING (person_id)
            WHERE p.person_id = d.person_id AND p.dibao_household_id = d.dibao_household_id AND NOT p.in_force AND p.valid_from <= e.last_seen)
    ), policy WHERE gradual_exit_until IS NOT NULL GROUP BY person_id
), others AS (
    SELECT t.person_id, string_agg(DISTINCT d.name, '、' ORDER BY d.name) AS names,
        min(d.id_quality) AS id_quality, -- of several one that is sure is enough; in the order of the alphabet they get worse
        list(DISTINCT row_at('dibao', d.path, d.sheet, d.row_number, NULL) ORDER BY row_at('dibao', d.path, d.sheet, d.row_number, NULL)) AS places
    FROM together t JOIN dibao_row d ON d.person_id = t.other_id
    WHERE t.seen.valid_to IS NULL OR t.seen.valid_to > t.last_seen GROUP BY t.person_id
), tiered AS ( -- his own row may leave the household's tier blank
    SELECT person_id, min(seen.tier) AS tier FROM together WHERE seen.valid_to IS NULL OR seen.valid_to > last_seen GROUP BY person_id
)
SELECT e.person_id, coalesce(e.tier, t.tier) AS tier, p.last.until AS gradual_exit_until, CASE WHEN p.last IS NOT NULL THEN [p.last.place] END AS gradual_exit_place, o.names AS others, o.places AS others_places, o.id_quality AS others_quality
FROM exit_last e LEFT JOIN promised p USING (person_id) LEFT JOIN others o USING (person_id) LEFT JOIN tiered t USING (person_id);

-- A household is stopped whole when neither anybody who was in it is under its number, known
-- by the name where the number of a person is broken or corrected, nor anybody who was
-- in it on its last day is in dibao under another, in which he was not on that day. Its number may be
-- another's by now.
CREATE OR REPLACE TEMP TABLE left_household AS
WITH numbered AS MATERIALIZED (
    SELECT dibao_household_id, person_id, name_key FROM dibao_row WHERE dibao_household_id IN (SELECT dibao_household_id FROM exit_household)
), elsewhere AS MATERIALIZED ( -- who is in dibao now under a number under which he was not on the day
    SELECT DISTINCT r.dibao_household_id, r.person_id, r.last_seen
    FROM left_household_row r JOIN dibao_row d ON d.person_id = r.person_id
    WHERE NOT EXISTS (
        FROM past_dibao_row p
        WHERE p.person_id = d.person_id AND p.dibao_household_id = d.dibao_household_id
            AND coalesce(p.in_force, true) AND stands_on(p.valid_from, p.valid_to, r.last_seen))
), of_household AS (
    SELECT *, (dibao_household_id, person_id) IN (SELECT (dibao_household_id, person_id) FROM numbered)
            OR (dibao_household_id, seen.name_key) IN (SELECT (dibao_household_id, name_key) FROM numbered WHERE name_key <> '') AS stays,
        last_seen = max(last_seen) OVER (PARTITION BY dibao_household_id) AND (dibao_household_id, person_id, last_seen) IN (SELECT (dibao_household_id, person_id, last_seen) FROM elsewhere) AS goes_on,
        last_seen = max(last_seen) OVER (PARTITION BY dibao_household_id, person_id) AS latest,
        coalesce(kinship(seen.relation) = '户主' OR seen.id_number = seen.head_id OR seen.name = seen.head_name, false) AS heads,
        (CASE WHEN heads THEN 0 ELSE 1 END, -epoch(last_seen), seen.path, seen.sheet, seen.row_number, person_id) AS place
    FROM left_household_row
)
SELECT dibao_household_id AS from_household_id,
    any_value(seen.town) AS town, min(seen.village) AS village, any_value(seen.household_no) AS household_no,
    bool_or(stays OR goes_on) AS stands,
    -- The roster says who is the head by a relation or by number or name, who may not be
    -- listed: then it is none of those listed, though the first of them died.
    coalesce(arg_min(person_id, place) FILTER (WHERE heads), arg_min(seen.head_id, place), CASE WHEN count(seen.head_name) = 0 THEN arg_min(person_id, place) END) AS head_person_id,
    coalesce(arg_min(seen.name, place) FILTER (WHERE heads), arg_min(seen.head_name, place), arg_min(seen.name, place)) AS head_name,
    max(last_seen) AS last_seen, max(seen.id_quality) FILTER (WHERE latest) AS id_quality,
    list(DISTINCT row_at('dibao', seen.path, seen.sheet, seen.row_number, last_seen) ORDER BY row_at('dibao', seen.path, seen.sheet, seen.row_number, last_seen)) FILTER (WHERE latest) AS former_places
FROM of_household GROUP BY dibao_household_id;
