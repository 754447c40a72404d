-- What a masked sample needs besides its rows (reports/queries/mask_*.sql), out of the
-- analysts' file.
CREATE TEMP VIEW history_registered_poor AS FROM published.history_registered_poor;
CREATE TEMP VIEW history_dibao AS FROM published.history_dibao;
CREATE TEMP VIEW history_tekun AS FROM published.history_tekun;
CREATE TEMP VIEW history_disability AS FROM published.history_disability;
CREATE TEMP VIEW history_medical_aid AS FROM published.history_medical_aid;
CREATE TEMP VIEW history_school AS FROM published.history_school;
CREATE TEMP VIEW history_temporary_aid AS FROM published.history_temporary_aid;
CREATE TEMP VIEW history_verification AS FROM published.history_verification;
CREATE TEMP VIEW ledger_finding AS FROM published.finding;
CREATE TEMP VIEW reject AS FROM published.reject;
CREATE TEMP VIEW report_town AS SELECT DISTINCT town FROM published.finding;
CREATE TEMP VIEW kind AS SELECT kind, label, NULL::VARCHAR AS department FROM published.roster_state;
CREATE TEMP VIEW rule AS FROM published.rule;
CREATE TEMP TABLE original_row (path VARCHAR, sheet VARCHAR, row_number INTEGER, cells VARCHAR);
