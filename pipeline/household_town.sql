-- A row without a town is of its household's, where it stands among that one's rows and all of those
-- that tell a town tell the same: a blank cell does not make two households of one. So is first
-- a person's second row under the same household number.
-- incoming: the roster's rows of tonight.

UPDATE incoming SET town = t.town
FROM (
    SELECT {file} AS file, household_no, id_number, any_value(town) AS town FROM incoming
    WHERE id_number IN (SELECT id_number FROM incoming WHERE town IS NULL) GROUP BY ALL HAVING count(DISTINCT town) = 1
) t
WHERE incoming.town IS NULL AND {file} = t.file AND incoming.household_no = t.household_no AND incoming.id_number = t.id_number;

CREATE OR REPLACE TEMP TABLE household_town AS
WITH placed AS (
    SELECT path, sheet, row_number, town, household_no,
        household_no IS DISTINCT FROM lag(household_no) OVER in_sheet AS begins
    FROM incoming WHERE (path, sheet) IN (SELECT (path, sheet) FROM incoming WHERE town IS NULL)
    WINDOW in_sheet AS (PARTITION BY path, sheet ORDER BY row_number, household_no) -- beside it in the row another household may stand
), household AS (
    SELECT *, sum(begins::INTEGER) OVER (PARTITION BY path, sheet ORDER BY row_number, household_no) AS nth FROM placed WHERE household_no IS NOT NULL
), named AS (
    SELECT path, sheet, nth, any_value(town) AS town FROM household GROUP BY ALL HAVING count(DISTINCT town) = 1
)
SELECT DISTINCT h.path, h.sheet, h.row_number, h.household_no, n.town FROM household h JOIN named n USING (path, sheet, nth) WHERE h.town IS NULL;

UPDATE incoming SET town = t.town FROM household_town t
WHERE incoming.town IS NULL AND incoming.path = t.path AND incoming.sheet = t.sheet AND incoming.row_number = t.row_number AND incoming.household_no = t.household_no;

DROP TABLE household_town;
