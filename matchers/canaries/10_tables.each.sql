CREATE OR REPLACE TEMP TABLE canary_{kind} AS SELECT *, NULL::DATE AS born FROM main.read_{kind} LIMIT 0;
CREATE OR REPLACE TEMP TABLE canary_history_{kind} AS SELECT *, NULL::DATE AS born FROM main.history_{kind} LIMIT 0;
