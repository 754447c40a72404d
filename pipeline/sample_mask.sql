-- What a masked sample needs besides its rows (reports/queries/mask_*.sql), out of the
-- analysts' file.
CREATE TEMP VIEW ledger_finding AS FROM published.finding;
CREATE TEMP VIEW reject AS FROM published.reject;
CREATE TEMP VIEW report_town AS SELECT DISTINCT town FROM published.finding;
CREATE TEMP VIEW kind AS SELECT kind, label, NULL::VARCHAR AS department FROM published.roster_state;
CREATE TEMP VIEW rule AS FROM published.rule;
CREATE TEMP TABLE original_row (path VARCHAR, sheet VARCHAR, row_number INTEGER, cells VARCHAR);
