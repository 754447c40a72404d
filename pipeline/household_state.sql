-- A dibao roster may write a household's state in its first row alone, as it does the amount and the
-- tier. Where a sheet does so throughout, in the first row of every household and in no
-- other, a blank says what the first row says. Elsewhere a blank is in force; it is told where the
-- household's first row is stopped, and none of the others says anything.
-- incoming: the roster's rows of tonight; arrived_sheet, arrived_fault: their sheets and faults.

CREATE OR REPLACE TEMP TABLE state_row AS
WITH unreadable AS ( -- no blank, though nobody can say what it says
    SELECT DISTINCT path, sheet, row_number FROM arrived_fault f JOIN arrived_sheet s USING (path, sheet)
    WHERE f.column_name = 'status' AND contains(s.matched->>'$.status', f.header)
), placed AS (
    SELECT path, sheet, row_number, coalesce(status, exit_reason, '') AS state, in_force,
        status IS NOT NULL OR (path, sheet, row_number) IN (SELECT (path, sheet, row_number) FROM unreadable) AS said,
        coalesce(town, '') || '|' || coalesce(household_no, '|' || row_number) AS household,
        row_number = min(row_number) OVER (PARTITION BY path, sheet, household) AS is_first
    FROM incoming
)
SELECT *, bool_and(said = is_first) OVER (PARTITION BY path, sheet) AS throughout FROM placed;

-- Whose first row alone says anything, and is out of force. That somebody died or moved away is
-- said of him, not of the household.
CREATE OR REPLACE TEMP TABLE stopped_household AS
SELECT path, sheet, household, any_value(state) FILTER (WHERE is_first) AS state,
    regexp_matches(any_value(state) FILTER (WHERE is_first), '[死亡故逝迁减]|[去过离]世') AS own
FROM state_row GROUP BY ALL
HAVING NOT bool_or(said AND NOT is_first) AND bool_and(NOT in_force) FILTER (WHERE is_first);

CREATE OR REPLACE TEMP TABLE silent_row AS
SELECT DISTINCT path, sheet, household, r.row_number, h.state, r.throughout AND NOT own AS follows
FROM state_row r JOIN stopped_household h USING (path, sheet, household)
WHERE NOT is_first AND r.in_force AND (r.throughout OR NOT own);

UPDATE incoming SET status = s.state, in_force = false
FROM silent_row s
WHERE s.follows AND incoming.path = s.path AND incoming.sheet = s.sheet AND incoming.row_number = s.row_number
    -- beside it in the row another household may stand
    AND coalesce(incoming.town, '') || '|' || incoming.household_no = s.household AND incoming.status IS NULL AND incoming.in_force;

INSERT INTO arrived_fault BY NAME
SELECT run_id, kind, path, sheet, row_number, 'status' AS column_name, coalesce(nullif(split_part(matched->>'$.status', '、', 1), ''), '状态') AS header,
    '' AS text, '同户第一行已停，这一行没有写状态，仍计入在保：请写明这一行的状态' AS reason
FROM silent_row JOIN arrived_sheet USING (path, sheet) WHERE NOT follows;

UPDATE arrived_sheet SET note = concat_ws('；', nullif(note, ''),
    CASE WHEN n.follow > 0 THEN '状态只写在每户第一行，' || n.follow || ' 人照第一行计为不在保' END,
    CASE WHEN n.stay > 0 THEN '同户第一行已停保、退出，自己没有写状态的 ' || n.stay || ' 人（如第 ' || n.first_stay || ' 行）{mark}' END)
FROM (
    SELECT path, sheet, count(*) FILTER (WHERE follows) AS follow, count(*) FILTER (WHERE NOT follows) AS stay, min(row_number) FILTER (WHERE NOT follows) AS first_stay
    FROM silent_row GROUP BY ALL
) n
WHERE arrived_sheet.path = n.path AND arrived_sheet.sheet = n.sheet;

DROP TABLE state_row;
DROP TABLE stopped_household;
DROP TABLE silent_row;
