-- Events under way; they join the ledger together.
CREATE OR REPLACE TEMP TABLE pending_event (finding_id VARCHAR, at DATE, event VARCHAR, actor VARCHAR, note VARCHAR, run_id VARCHAR);

-- Those of a warehouse that did not chain its events yet go before.
INSERT INTO pending_event SELECT finding_id, at, event, actor, note, run_id FROM main.finding_event WHERE seq IS NULL;
DELETE FROM main.finding_event WHERE seq IS NULL;
