-- How many rows are joined or sorted at a time: as many as DuckDB has memory for, 256 MiB for the
-- blocks of a wide table that is being written and 1 kB a row. Of more it spills, three times
-- their size, and sorts four times as slowly; and for many and little memory it fails. Each slice
-- goes through every roster: as few as can be. Whole blocks of rows, where it is as many: DuckDB
-- writes a table twice in whose file half-full ones can be joined.
CREATE OR REPLACE TEMP TABLE at_a_time AS
SELECT CASE WHEN n > 122880 THEN n // 122880 * 122880 ELSE n END AS rows
FROM (
    SELECT greatest((split_part(m, ' ', 1)::DOUBLE * 1024 ** list_position(['KiB', 'MiB', 'GiB', 'TiB'], split_part(m, ' ', 2)) - 1024 ** 2 * 256) / 1024, 1000)::BIGINT AS n
    FROM (SELECT current_setting('memory_limit') AS m)
);
