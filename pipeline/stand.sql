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
FROM sent_{kind} WHERE {town} IN (FROM keeps);

DELETE FROM standing_file WHERE kind = '{kind}';
INSERT INTO standing_file FROM standing;

DELETE FROM held_newcomer WHERE kind = '{kind}';
INSERT INTO held_newcomer
SELECT DISTINCT '{kind}', id_number FROM incoming
WHERE {town} IN (FROM keeps) AND id_number IS NOT NULL AND id_number NOT IN (SELECT id_number FROM standing_row WHERE id_number IS NOT NULL);
