-- How many rows of a roster are sorted at a time, and how many people, whose rows are four times as
-- wide: as many as DuckDB has memory for, 256 MiB for the blocks of a wide table that is being
-- written and 1 kB a row. Of more it spills, three times their size, and sorts four times as slowly;
-- and for many and little memory it fails. Each slice of people goes through every roster: as few as can be.
CREATE OR REPLACE TEMP TABLE at_a_time AS
SELECT n AS rows, n // 4 AS people
FROM (
    SELECT greatest((split_part(m, ' ', 1)::DOUBLE * 1024 ** list_position(['KiB', 'MiB', 'GiB', 'TiB'], split_part(m, ' ', 2)) - 1024 ** 2 * 256) / 1024, 1000)::BIGINT AS n
    FROM (SELECT current_setting('memory_limit') AS m)
);
