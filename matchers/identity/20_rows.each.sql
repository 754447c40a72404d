-- Once for each kind: its current rows with the person that each is about.
--
-- Which of its person's rows a row is. Most persons have one; only the others are numbered. A
-- sheet's row that lists a household may name one of them twice: then what it writes of them decides.
CREATE OR REPLACE TEMP TABLE numbered_{kind} AS
SELECT row_key, occurrence, row_number() OVER (PARTITION BY person_id ORDER BY path, sheet, row_number, id_raw, name) AS n
FROM about('{kind}', 'read_{kind}')
WHERE person_id IN (SELECT person_id FROM about('{kind}', 'read_{kind}') GROUP BY person_id HAVING count(*) > 1);

-- The towns, from first to last, whose rows are sorted at a time.
CREATE OR REPLACE TEMP TABLE slice_of_{kind} AS
SELECT slice, {'first': min(town), 'last': max(town)} AS towns
FROM (
    SELECT town, ((sum(count(*)) OVER (ORDER BY town) - 1) // any_value(at_a_time.rows))::INTEGER AS slice
    FROM read_{kind}, at_a_time WHERE town IS NOT NULL GROUP BY town
)
GROUP BY slice;

-- Made where it is published, and laid out so that a town or a number is found in few blocks. A
-- row's name stays when the file is sent again.
CREATE OR REPLACE TABLE analysts.{kind} AS
SELECT * EXCLUDE (row_key, occurrence), '' AS row_id FROM about('{kind}', 'read_{kind}') LIMIT 0;
CREATE OR REPLACE TEMP VIEW {kind} AS FROM analysts.{kind};
CREATE OR REPLACE TEMP VIEW named_{kind} AS
SELECT r.* EXCLUDE (row_key, occurrence), '{kind}|' || person_id || '|' || coalesce(n, 1) AS row_id, n
FROM about('{kind}', 'read_{kind}') r LEFT JOIN numbered_{kind} USING (row_key, occurrence);
