-- From schema 4, in which what nobody could read was known of the last arrival alone.
INSERT INTO standing_fault
SELECT DISTINCT kind, coalesce(r.town, ''), path, sheet, row_number, column_name
FROM cell_fault JOIN standing_file USING (kind, path, run_id) JOIN read_{kind} r USING (path, sheet, row_number)
WHERE kind = '{kind}';
