-- What of the roster is in force from tonight, standing_row: what arrived, but for
-- the towns that are held, whose last rows stay.
CREATE OR REPLACE TEMP TABLE keeps AS SELECT town FROM judgement WHERE NOT accepted;

CREATE OR REPLACE TEMP TABLE standing AS
SELECT kind, path, run_id, repeats FROM arrived_file
WHERE path IN (SELECT path FROM arrival WHERE kind = '{kind}' AND {town} NOT IN (FROM keeps))
   OR path NOT IN (SELECT path FROM arrival WHERE kind = '{kind}')
UNION
SELECT kind, path, run_id, repeats FROM standing_file
WHERE kind = '{kind}' AND path IN (SELECT path FROM read_{kind} WHERE {town} IN (FROM keeps));

CREATE OR REPLACE TEMP VIEW standing_row AS
SELECT * FROM incoming WHERE {town} NOT IN (FROM keeps)
UNION ALL
FROM sent_{kind} WHERE {town} IN (FROM keeps) AND (id_number IS NULL OR id_number NOT IN (
    -- who stands in another town tonight, and did not before, has left: he would be listed twice
    SELECT id_number FROM incoming WHERE {town} NOT IN (FROM keeps) AND {in_force} AND id_number IS NOT NULL
    EXCEPT SELECT id_number FROM sent_{kind} WHERE {town} NOT IN (FROM keeps) AND {in_force}));

-- What nobody could read in them: of rows that stay it is what it was. Of a sheet's column so many
-- cells are kept and no more (sources/roster): where that many are, it may be any row's.
CREATE OR REPLACE TEMP TABLE unreadable_cell AS
WITH arrived_cell AS (
    SELECT kind, path, sheet, row_number, column_name FROM main.cell_fault JOIN arrived_file USING (kind, path, run_id)
    UNION ALL FROM paired_fault
)
SELECT * FROM standing_fault WHERE kind = '{kind}' AND {town} IN (FROM keeps)
UNION
SELECT kind, coalesce(i.town, '') AS town, path, sheet, row_number, column_name
FROM arrived_cell JOIN incoming i USING (path, sheet, row_number) WHERE {town} NOT IN (FROM keeps)
UNION
SELECT kind, coalesce(i.town, ''), path, sheet, row_number, column_name
FROM (SELECT kind, path, sheet, column_name FROM arrived_cell GROUP BY ALL HAVING count(*) >= 10000) JOIN incoming i USING (path, sheet) WHERE {town} NOT IN (FROM keeps);

DELETE FROM standing_fault WHERE kind = '{kind}';
INSERT INTO standing_fault FROM unreadable_cell;

DELETE FROM standing_file WHERE kind = '{kind}';
INSERT INTO standing_file FROM standing;
