-- The ledger (台账): findings over time. finding_state is the sum of finding_event.
CREATE TABLE IF NOT EXISTS finding_state (
    finding_id VARCHAR, rule_id VARCHAR, status VARCHAR, -- open, reopened, confirmed, dismissed, cleared
    first_seen DATE, last_seen DATE
);

-- The finding as last seen: what a cleared one, or one whose rule could not be
-- evaluated tonight, is told by. Apart from the state, which changes nightly.
CREATE TABLE IF NOT EXISTS finding_detail (
    finding_id VARCHAR, rule_id VARCHAR, category VARCHAR, level VARCHAR, severity VARCHAR, confidence VARCHAR,
    person_id VARCHAR, household_id VARCHAR, id_number VARCHAR, name VARCHAR, household_no VARCHAR,
    town VARCHAR, village VARCHAR, subject_count INTEGER, amount_at_stake DECIMAL(14,2),
    statement VARCHAR, evidence VARCHAR
);

CREATE TABLE IF NOT EXISTS finding_event (
    finding_id VARCHAR, at DATE, event VARCHAR, actor VARCHAR, note VARCHAR, run_id VARCHAR
);
