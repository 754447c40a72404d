-- From schema 2, whose events were not chained. They are on the ledger's next
-- night, in the order of their days.
BEGIN TRANSACTION;
ALTER TABLE finding_event ADD COLUMN IF NOT EXISTS seq BIGINT;
ALTER TABLE finding_event ADD COLUMN IF NOT EXISTS previous VARCHAR;
ALTER TABLE finding_event ADD COLUMN IF NOT EXISTS hash VARCHAR;
UPDATE meta SET schema_version = 3;
COMMIT;
