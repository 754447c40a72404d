-- What the warehouse remembers of its own nights.

-- One row; a newer program migrates an older warehouse, an older program refuses a newer one.
CREATE TABLE IF NOT EXISTS meta (schema_version INTEGER);

CREATE TABLE IF NOT EXISTS run (
    run_id VARCHAR, as_of DATE, started_at TIMESTAMP, finished_at TIMESTAMP,
    status VARCHAR,             -- 已发布: a night that fails leaves no row
    version VARCHAR, config_sha256 VARCHAR,
    files BIGINT, rows_read BIGINT, rows_loaded BIGINT, rows_rejected BIGINT,
    persons BIGINT, households BIGINT, findings BIGINT, findings_new BIGINT, findings_cleared BIGINT,
    manifest VARCHAR            -- JSON: manifest.json, unmasked; its sheets stand in source_file
);

-- One row a sheet a night; the account: read = loaded + rejected + structural + blank.
CREATE TABLE IF NOT EXISTS source_file (
    run_id VARCHAR, kind VARCHAR, path VARCHAR, sheet VARCHAR, sha256 VARCHAR,
    format VARCHAR, encoding VARCHAR, grounds VARCHAR, header_row INTEGER,
    rows_read BIGINT, rows_loaded BIGINT, rows_rejected BIGINT, rows_structural BIGINT, rows_blank BIGINT,
    matched VARCHAR, unmatched VARCHAR, -- JSON
    note VARCHAR,
    read_run_id VARCHAR         -- the run that parsed the file; later ones took its rows over unread
);

-- Rejected rows stand once, under the run that parsed the file.
CREATE TABLE IF NOT EXISTS reject (
    run_id VARCHAR, kind VARCHAR, path VARCHAR, sheet VARCHAR, row_number INTEGER,
    code VARCHAR, reason VARCHAR, cells VARCHAR -- JSON
);

-- The sheet's headers as sent, by cell: JSON. Later than the table itself.
ALTER TABLE source_file ADD COLUMN IF NOT EXISTS headers VARCHAR;

-- Filled cells that could not be folded, under the run that parsed the file.
CREATE TABLE IF NOT EXISTS cell_fault (
    run_id VARCHAR, kind VARCHAR, path VARCHAR, sheet VARCHAR, row_number INTEGER,
    column_name VARCHAR, header VARCHAR, text VARCHAR, reason VARCHAR
);

-- The files that make up each roster's current snapshot.
CREATE TABLE IF NOT EXISTS loaded_file (
    kind VARCHAR, path VARCHAR, sha256 VARCHAR,
    reader VARCHAR,             -- fingerprint of program and configuration that read it
    run_id VARCHAR,             -- the run that parsed it
    modified DATE,
    repeats VARCHAR             -- the file whose rows it only repeats, or A》《B that hold them together; its own are not counted
);

-- One row a differing snapshot of a roster.
CREATE TABLE IF NOT EXISTS snapshot (kind VARCHAR, as_of DATE, run_id VARCHAR, rows BIGINT);

-- The files that a run issued, by their path in the day's folder.
CREATE TABLE IF NOT EXISTS issued_file (run_id VARCHAR, as_of DATE, path VARCHAR, sha256 VARCHAR, bytes BIGINT);

-- Who did what with which program and configuration: run, feedback, restore, and retention,
-- what a run removed because its time was up. detail is JSON.
CREATE TABLE IF NOT EXISTS activity (
    at TIMESTAMP, run_id VARCHAR, as_of DATE, operator VARCHAR, command VARCHAR,
    version VARCHAR, config_sha256 VARCHAR, detail VARCHAR
);
