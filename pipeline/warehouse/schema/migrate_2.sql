-- From schema 1, which held whole rosters only: what was loaded stands.
BEGIN TRANSACTION;
DELETE FROM standing_file;
INSERT INTO standing_file SELECT kind, path, run_id, repeats FROM loaded_file;
DELETE FROM arrival;
INSERT INTO arrival
SELECT kind, path, coalesce(town, ''), count(*) FROM (
    SELECT 'registered_poor' AS kind, path, town FROM read_registered_poor
    UNION ALL SELECT 'dibao', path, town FROM read_dibao
    UNION ALL SELECT 'tekun', path, town FROM read_tekun
    UNION ALL SELECT 'disability', path, town FROM read_disability
    UNION ALL SELECT 'medical_aid', path, town FROM read_medical_aid
    UNION ALL SELECT 'school', path, town FROM read_school
    UNION ALL SELECT 'temporary_aid', path, town FROM read_temporary_aid
    UNION ALL SELECT 'verification', path, town FROM read_verification
) GROUP BY ALL;
UPDATE meta SET schema_version = 2;
COMMIT;
