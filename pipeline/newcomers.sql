-- Whom the roster lists tonight beyond the rows in force, standing_row: those of what is held.
DELETE FROM held_newcomer WHERE kind = '{kind}';
INSERT INTO held_newcomer
SELECT DISTINCT '{kind}', id_number FROM incoming
WHERE id_number IS NOT NULL AND id_number NOT IN (SELECT id_number FROM standing_row WHERE id_number IS NOT NULL);
