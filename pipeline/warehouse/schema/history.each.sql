-- The rows in force as they were sent, without what the warehouse knows of them.
CREATE VIEW IF NOT EXISTS sent_{kind} AS SELECT * EXCLUDE (row_key, occurrence, valid_from) FROM read_{kind};

-- The versions of a roster's rows that are gone, {kind}; valid_to is the first day on
-- which they stood no more.
CREATE TABLE IF NOT EXISTS ended_{kind} AS SELECT *, NULL::DATE AS valid_to FROM read_{kind} LIMIT 0;

CREATE VIEW IF NOT EXISTS history_{kind} AS
SELECT *, NULL::DATE AS valid_to FROM read_{kind} UNION ALL FROM ended_{kind};
