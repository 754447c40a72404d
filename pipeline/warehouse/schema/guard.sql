-- What the volume guard remembers (docs/decisions/0004).

-- The files that a roster's rows in force came from. They are those of the last
-- arrival (loaded_file), but for what is held: there they are an earlier one's.
CREATE TABLE IF NOT EXISTS standing_file (kind VARCHAR, path VARCHAR, run_id VARCHAR, repeats VARCHAR);

-- The cells of the rows in force that nobody could read, by town and place of the row: a line may be
-- a held town's of last month and another's of today. A household's cell stands at each row that
-- took it over (pair.sql).
CREATE TABLE IF NOT EXISTS standing_fault (kind VARCHAR, town VARCHAR, path VARCHAR, sheet VARCHAR, row_number INTEGER, column_name VARCHAR);

-- The last arrival, taken or not: its rows by file and town, '' where a row has none.
CREATE TABLE IF NOT EXISTS arrival (kind VARCHAR, path VARCHAR, town VARCHAR, rows BIGINT);

-- Of the last arrival the cells that say something, by town, of each column that every sheet has
-- and a rule asks for.
CREATE TABLE IF NOT EXISTS arrival_filled (kind VARCHAR, town VARCHAR, column_name VARCHAR, rows BIGINT);

-- Whom a file that is held lists beyond the rows in force: who came from elsewhere, and may
-- stand nowhere else any more.
CREATE TABLE IF NOT EXISTS held_newcomer (kind VARCHAR, id_number VARCHAR);

-- One row a night for every scope that was held, or would have been had not
-- somebody accepted it (accepted_by). town is '' for the whole roster.
CREATE TABLE IF NOT EXISTS hold (
    run_id VARCHAR, as_of DATE, kind VARCHAR, town VARCHAR,
    reason VARCHAR,             -- 减少, 缺镇, 缺项, 过期, 未取得, 拒收
    rows_before BIGINT, rows_after BIGINT, file_date DATE,
    held_since DATE, accepted_by VARCHAR,
    note VARCHAR                -- the same in a sentence
);
