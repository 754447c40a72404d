-- Which rows need resolving, and which numbers there are to resolve them to
-- (rules.md, Identity 3 and 4). A number counts as valid when it checks and its
-- birth date is not after as_of; a region unknown to GB/T 2260 is suspicious
-- and joins all the same.
CREATE OR REPLACE TEMP MACRO joins(state, number, as_of) AS
    coalesce(state IN ('valid', 'suspicious') AND substr(number, 7, 8) <= strftime(as_of, '%Y%m%d'), false);

-- Whether two numbers of 18 digits are one and the same to a spreadsheet or a script.
CREATE OR REPLACE TEMP MACRO same_float(a, b) AS
    coalesce(length(a) = 18 AND length(b) = 18 AND try_cast(a AS DOUBLE) = try_cast(b AS DOUBLE), false);

-- A person of its own for what stays unresolved: the same wherever and as often
-- as the same roster writes the same thing.
CREATE OR REPLACE TEMP MACRO unresolved_id(kind, town, name_key, id_raw) AS
    '?' || left(md5(concat_ws('|', kind, coalesce(town, ''), coalesce(name_key, ''), coalesce(id_raw, ''))), 16);

-- How every row says who it is about, current or past.
CREATE OR REPLACE TEMP TABLE said AS
SELECT kind, town, name_key, id_raw, id_number, id_state, joins(id_state, id_number, as_of) AS joins, past
FROM (
    SELECT 'registered_poor' AS kind, town, name_key, id_raw, id_number, id_state, false AS past FROM read_registered_poor
    UNION ALL SELECT 'dibao', town, name_key, id_raw, id_number, id_state, false FROM read_dibao
    UNION ALL SELECT 'tekun', town, name_key, id_raw, id_number, id_state, false FROM read_tekun
    UNION ALL SELECT 'disability', town, name_key, id_raw, id_number, id_state, false FROM read_disability
    UNION ALL SELECT 'medical_aid', town, name_key, id_raw, id_number, id_state, false FROM read_medical_aid
    UNION ALL SELECT 'school', town, name_key, id_raw, id_number, id_state, false FROM read_school
    UNION ALL SELECT 'temporary_aid', town, name_key, id_raw, id_number, id_state, false FROM read_temporary_aid
    UNION ALL SELECT 'verification', town, name_key, id_raw, id_number, id_state, false FROM read_verification
    UNION ALL SELECT 'dibao', town, name_key, id_raw, id_number, id_state, true FROM history_dibao, policy WHERE valid_from < as_of
    UNION ALL SELECT 'tekun', town, name_key, id_raw, id_number, id_state, true FROM history_tekun, policy WHERE valid_from < as_of
), policy;

-- Broken numbers, and what they may be meant for: another roster's valid
-- number under the same folded name, in the same town where both say one.
--   one edit    a substitution, a swap of neighbours, a character missing or too many
--   a lost tail scientific notation and float rounding keep 15 digits, the last
--               of them rounded: 14 are compared. Fewer than 14 tell nothing.
--               A float written out in full (…301275 becomes …301280) still is the same float.
-- Masked numbers never join.
-- Few are broken: only their names are looked for. Of what is gone from registered_poor and
-- disability too, or nobody could ask after whoever vanished under a broken number (CT06,
-- CT07); what it says that checks is no candidate.
CREATE OR REPLACE TEMP TABLE broken AS
SELECT DISTINCT kind, town, name_key, id_raw, id_number, id_state
FROM (
    SELECT kind, town, name_key, id_raw, id_number, id_state, joins FROM said
    UNION ALL SELECT 'registered_poor', town, name_key, id_raw, id_number, id_state, joins(id_state, id_number, as_of) FROM gone_registered_poor, policy
    UNION ALL SELECT 'disability', town, name_key, id_raw, id_number, id_state, joins(id_state, id_number, as_of) FROM gone_disability, policy
) WHERE NOT joins AND name_key <> '' AND id_state IN ('invalid', 'damaged');

CREATE OR REPLACE TEMP TABLE candidate AS
SELECT b.kind, b.town, b.name_key, b.id_raw, b.id_number AS broken, v.id_number AS resolved,
    CASE WHEN b.id_state = 'damaged' THEN '末位丢失'
         WHEN length(b.id_number) < 18 THEN '少一位'
         WHEN length(b.id_number) > 18 THEN '多一位'
         WHEN hamming(b.id_number, v.id_number) = 1 THEN '一位之差'
         WHEN same_float(b.id_number, v.id_number) THEN '末位丢失'
         ELSE '相邻颠倒' END AS method
FROM broken b
JOIN (SELECT DISTINCT kind, town, name_key, id_number FROM said WHERE joins AND name_key IN (SELECT name_key FROM broken)) v
    ON b.name_key = v.name_key AND b.kind <> v.kind
WHERE (b.town IS NULL OR v.town IS NULL OR b.town = v.town)
  AND CASE b.id_state
        WHEN 'damaged' THEN length(b.id_number) >= 14 AND left(b.id_number, 14) = left(v.id_number, 14)
        ELSE length(b.id_number) BETWEEN 17 AND 19 AND damerau_levenshtein(b.id_number, v.id_number) <= 1 OR same_float(b.id_number, v.id_number) END;

-- Resolved is what has exactly one candidate.
CREATE OR REPLACE TEMP TABLE repaired AS
SELECT unresolved_id(kind, town, name_key, id_raw) AS unresolved, min(resolved) AS resolved, min(method) AS method
FROM candidate
GROUP BY 1
HAVING count(DISTINCT resolved) = 1;

-- Identity 5: a valid number that stands in one roster alone, while another
-- roster has, under the same name in the same town, another valid number that
-- agrees in the first 14 digits. (Two valid numbers are never one edit apart: the
-- check digit sees to that.) Nothing is changed; both are suspect, for whoever
-- is looked for under one may stand under the other.
CREATE OR REPLACE TEMP TABLE suspect AS
WITH alike AS MATERIALIZED ( -- few share a birth date, a name and a town and have different numbers
    SELECT hash(left(id_number, 14), name_key, town) AS likeness FROM said
    WHERE joins AND name_key <> '' AND town IS NOT NULL
    GROUP BY likeness HAVING min(hash(id_number)) <> max(hash(id_number))
), near AS MATERIALIZED (
    SELECT DISTINCT kind, name_key, town, id_number, left(id_number, 14) AS stem FROM said
    WHERE joins AND hash(left(id_number, 14), name_key, town) IN (FROM alike)
), alone AS (
    SELECT id_number, min(kind) AS kind, min(name_key) AS name_key, min(town) AS town
    FROM (
        -- a number that two rosters have given up stands alone in the third
        SELECT *, bool_and(past) OVER (PARTITION BY id_number) AS gone FROM said WHERE joins AND id_number IN (SELECT id_number FROM near)
    ) WHERE NOT past OR gone GROUP BY id_number
    HAVING min(kind) = max(kind) AND min(name_key) = max(name_key) AND min(town) = max(town)
), pair AS (
    SELECT DISTINCT a.kind, a.id_number AS id_number, v.id_number AS other
    FROM alone a JOIN near v ON v.stem = left(a.id_number, 14) AND v.name_key = a.name_key AND v.town = a.town
    WHERE v.kind <> a.kind AND v.id_number <> a.id_number
)
SELECT kind, id_number, min(other) AS other FROM pair GROUP BY kind, id_number HAVING count(DISTINCT other) = 1;

-- As large as the rosters, and no longer asked for.
DROP TABLE said;
DROP TABLE broken;
DROP TABLE candidate;

-- The rows of a roster's table, current or past, each with the person that it is about: a number
-- that was broken then is resolved with what is known now.
CREATE OR REPLACE TEMP MACRO about(roster, listed) AS TABLE
SELECT r.* EXCLUDE (unresolved, joins),
    CASE WHEN r.joins THEN r.id_number ELSE coalesce(f.resolved, r.unresolved) END AS person_id,
    CASE WHEN r.joins AND r.id_number IN (SELECT id_number FROM suspect UNION ALL SELECT other FROM suspect) THEN 'suspect'
         WHEN r.joins THEN 'exact'
         WHEN f.resolved IS NOT NULL THEN 'repaired'
         ELSE 'unresolved' END AS id_quality
FROM (
    SELECT r.*, joins(id_state, id_number, as_of) AS joins,
        CASE WHEN NOT joins(id_state, id_number, as_of) THEN unresolved_id(roster, town, name_key, id_raw) END AS unresolved
    FROM (FROM query_table(listed)) r, policy
) r LEFT JOIN repaired f ON f.unresolved = r.unresolved; -- by a key alone: with a condition beside it DuckDB compares each with each
