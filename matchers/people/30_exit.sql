-- Exits: in force in dibao or tekun in some snapshot within the look-back, and
-- in neither now. A snapshot is a night that saw the row: the roster's own, or
-- any night's, for a roster that did not change was in force all the same. Who is
-- not identified cannot be said to have left: the next list may write the number right.
CREATE OR REPLACE TEMP TABLE seen_day AS
SELECT kind, as_of AS day FROM snapshot
UNION SELECT kind, run.as_of FROM run, (SELECT unnest(['dibao', 'tekun']) AS kind);

CREATE OR REPLACE TEMP TABLE exit_seen AS
SELECT p.kind, p.person_id, max(s.day) AS last_seen,
    arg_max(p.name, s.day) AS name, arg_max(p.town, s.day) AS town, arg_max(p.village, s.day) AS village,
    arg_max(p.path, s.day) AS path, arg_max(p.sheet, s.day) AS sheet, arg_max(p.row_number, s.day) AS row_number,
    arg_max(p.tier, s.day) AS tier, arg_max(p.household, s.day) AS from_household
FROM (
    SELECT 'dibao' AS kind, person_id, name, town, village, path, sheet, row_number, tier, household_no AS household, valid_from, valid_to
    FROM past_dibao WHERE coalesce(in_force, true) AND id_quality <> 'unresolved'
    UNION ALL
    SELECT 'tekun', person_id, name, town, village, path, sheet, row_number, NULL, NULL, valid_from, valid_to
    FROM past_tekun WHERE coalesce(in_force, true) AND id_quality <> 'unresolved'
) p
JOIN seen_day s ON s.kind = p.kind AND s.day >= p.valid_from AND (p.valid_to IS NULL OR s.day < p.valid_to)
JOIN policy ON s.day < as_of AND s.day >= as_of - exit_lookback_days
WHERE p.person_id NOT IN (SELECT person_id FROM of_dibao) AND p.person_id NOT IN (SELECT person_id FROM of_tekun)
GROUP BY p.kind, p.person_id;

-- dibao to tekun is none; out of both within the look-back, the later one is told.
CREATE OR REPLACE TEMP TABLE exit_last AS
SELECT * FROM exit_seen QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY last_seen DESC, kind) = 1;
