-- How many cells say something, by town, of each column that a rule asks for: {filled}. A column
-- that a sheet lacks is none of them; its rules say so themselves.
INSERT INTO arrival_filled
WITH told AS (
    SELECT town, unnest(filled, recursive := true) FROM (SELECT {town} AS town, {filled} AS filled FROM incoming GROUP BY 1)
)
SELECT '{kind}', town, column_name, rows FROM told WHERE column_name NOT IN (
    SELECT column_name FROM (SELECT DISTINCT column_name FROM told), arrived_sheet
    WHERE rows_loaded > 0 AND NOT list_contains(json_keys(matched), column_name));
