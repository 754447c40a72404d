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

-- The people of the households that findings are about, as last seen: by them it is told
-- when a household's number has become another's.
CREATE TABLE IF NOT EXISTS finding_member (finding_id VARCHAR, person_id VARCHAR);

-- Findings that go on under another number of a person or household, or another name of a
-- town: name is what rule and subject alone would call one, finding_id what the ledger does.
-- Each name stands once, and so does each id: one that a finding gives up goes to the name
-- that it took. since when, and the keys that the finding was told under before; NULL for
-- a name that was left, and for a number that has become another household's.
CREATE TABLE IF NOT EXISTS finding_alias (name VARCHAR, finding_id VARCHAR, since DATE, id_number VARCHAR, household_no VARCHAR, town VARCHAR);

-- Every event, never changed: opened, seen (its facts changed), cleared,
-- reopened, confirmed, dismissed, rectified (confirmed, and cleared by the data),
-- noted (a verdict that leaves the state as it is). seq counts from 1 without a
-- gap; previous is the hash of the event before, hash that of this one: the
-- ledger's event.sql says of what.
CREATE TABLE IF NOT EXISTS finding_event (
    finding_id VARCHAR, at DATE, event VARCHAR, actor VARCHAR, note VARCHAR, run_id VARCHAR,
    seq BIGINT, previous VARCHAR, hash VARCHAR
);

-- Every verdict ever taken, as the township wrote it.
CREATE TABLE IF NOT EXISTS verdict (
    finding_id VARCHAR, rule_id VARCHAR, town VARCHAR,
    verdict VARCHAR,            -- 属实, 不属实 … (ledger.Verdicts)
    measures VARCHAR, effect VARCHAR, done_on DATE, checker VARCHAR,
    taken_on DATE, file VARCHAR, sheet VARCHAR, row_number INTEGER, file_sha256 VARCHAR,
    facts VARCHAR,              -- JSON: the finding's facts at that time, fact to value
    actor VARCHAR,
    seq BIGINT                  -- of its event in finding_event
);
