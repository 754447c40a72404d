-- What became of the registered households of the previous snapshot. Somebody
-- stands in the roster still who has a row there, in force or not; and whose number
-- was or is unreadable, when a row of the same name does, but for one that stood beside
-- theirs already: a mended number, or a broken one, is no disappearance.
CREATE OR REPLACE TEMP TABLE former_household AS
WITH member AS (
    SELECT DISTINCT f.former_household_id, f.person_id,
        coalesce(p.living, true) AS living,
        f.id_quality <> 'unresolved' AS known,
        f.person_id IN (SELECT person_id FROM registered_poor) OR EXISTS (
            FROM registered_poor r
            WHERE r.name_key = f.name_key AND f.name_key <> '' AND (r.town = f.town OR r.town IS NULL OR f.town IS NULL)
              -- in the same household a name goes on under a mended number
              AND (r.id_quality = 'unresolved' AND r.valid_from >= (SELECT changed_on FROM last_change WHERE kind = 'registered_poor') OR f.id_quality = 'unresolved'
                   OR r.household_no = f.household_no AND r.town = f.town AND f.person_id NOT IN (SELECT person_id FROM roster_row))
        ) AS stands
    FROM former_row f LEFT JOIN person p USING (person_id)
), rolled AS (
    SELECT former_household_id, bool_or(living AND known) AS any_living, bool_or(living AND stands) AS any_stands,
        count(*)::INTEGER AS members
    FROM member GROUP BY former_household_id
), typed AS ( -- by a head who was struck off where no other row told the type
    SELECT coalesce(town, '') || '|' || coalesce(household_no, person_id) AS former_household_id,
        arg_min(type, (NOT coalesce(in_force, true), NOT is_monitored(type), path, sheet, row_number)) AS type,
        coalesce(bool_or(is_monitored(type)) FILTER (WHERE coalesce(in_force, true)), bool_or(is_monitored(type)), false) AS monitored,
        bool_or(coalesce(in_force, true) AND type IS NOT NULL) AS told,
        arg_min(coalesce(risk_eliminated, false), (CASE WHEN kinship(relation) = '户主' THEN 0 ELSE 1 END, path, sheet, row_number, person_id)) AS risk_eliminated
    FROM previous_registered_poor GROUP BY ALL
)
SELECT f.former_household_id, any_value(f.town) AS town, min(f.village) AS village, any_value(f.household_no) AS household_no,
    arg_min(f.person_id, f.place) AS head_person_id, arg_min(f.name, f.place) AS head_name,
    coalesce(arg_min(f.type, (CASE WHEN is_monitored(f.type) THEN 0 ELSE 1 END, f.place)), any_value(t.type)) AS type,
    any_value(t.monitored) AND NOT CASE WHEN any_value(t.told) THEN arg_min(coalesce(f.risk_eliminated, false), (f.type IS NULL, CASE WHEN is_monitored(f.type) THEN 0 ELSE 1 END, f.place)) ELSE any_value(t.risk_eliminated) END AS risk_open,
    any_value(r.any_living) AS any_living, any_value(r.any_stands) AS any_stands, any_value(r.members) AS members, max(f.id_quality) AS id_quality,
    list(DISTINCT row_at('registered_poor', path, sheet, row_number, stood_on) ORDER BY row_at('registered_poor', path, sheet, row_number, stood_on)) AS former_places
FROM former_row f JOIN rolled r USING (former_household_id) JOIN typed t USING (former_household_id)
GROUP BY f.former_household_id;
