-- Fills in what no rule's file had to say. A canary's path is what it is known by.
CREATE OR REPLACE TEMP TABLE canary_{kind} AS
WITH aged AS (
    SELECT c.* REPLACE (coalesce(c.born, years_before(as_of, 40)) AS born) FROM canary_{kind} c, policy
), numbered AS (
    SELECT * REPLACE (coalesce(id_number, canary_number(name, born)) AS id_number) FROM aged
)
SELECT * REPLACE (-row_number() OVER (ORDER BY numbered::VARCHAR) AS row_key, 1 AS occurrence, '〔哨兵〕' AS path, '' AS sheet, row_number() OVER (ORDER BY numbered::VARCHAR)::INTEGER AS row_number,
    coalesce(town, '〔哨兵〕') AS town, coalesce(name_key, name) AS name_key, id_number AS id_raw, coalesce(id_state, 'suspicious') AS id_state)
FROM numbered;

CREATE OR REPLACE TEMP TABLE canary_history_{kind} AS
WITH aged AS (
    SELECT c.* REPLACE (coalesce(c.born, years_before(as_of, 40)) AS born, p.valid_from AS valid_from, p.valid_to AS valid_to)
    FROM canary_history_{kind} c, policy, canary_past p WHERE p.kind = '{kind}'
)
SELECT * REPLACE ('〔哨兵〕' AS path, '' AS sheet, row_number() OVER (ORDER BY aged::VARCHAR)::INTEGER AS row_number,
    '〔哨兵〕' AS town, name AS name_key, canary_number(name, born) AS id_number, canary_number(name, born) AS id_raw, 'suspicious' AS id_state)
FROM aged;
