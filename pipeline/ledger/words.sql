-- What the ledger's queries share.

-- A town as it is told: also the one of what has none. As the reports' macro has it.
CREATE OR REPLACE TEMP MACRO told_town(town) AS coalesce(nullif(town, ''), '镇别不明');

-- Whether an event changes a finding's state, by the event before: what was dismissed stays so
-- where the data cease to show it. As the reports' macro has it.
CREATE OR REPLACE TEMP MACRO is_news(event, before) AS event <> 'cleared' OR before IS DISTINCT FROM 'dismissed';

-- The facts of a finding's evidence, and the rows that tell them.
CREATE OR REPLACE TEMP MACRO told_facts(evidence) AS
    from_json(evidence, '{"facts":[{"fact":"VARCHAR","label":"VARCHAR","value":"VARCHAR","sources":["JSON"]}]}').facts;

-- The same with the day of the rows that name none, which end by their number; in a fact's text the
-- quotes would be escaped.
CREATE OR REPLACE TEMP MACRO told_on(evidence, day) AS
    regexp_replace(evidence, '"row":([0-9]+)\}', '"row":\1,"as_of":"' || day::DATE || '"}', 'g');

-- White space, marks nobody sees and the apostrophe before a text change no key.
CREATE OR REPLACE TEMP MACRO bare(value) AS
    regexp_replace(coalesce(value, ''), '[[:space:][:cntrl:]''\x{00A0}\x{3000}\x{200B}-\x{200F}\x{FEFF}]', '', 'g');

-- A fact that names people tells their ages too; a birthday is no news.
CREATE OR REPLACE TEMP MACRO ageless(value) AS regexp_replace(value, '[0-9]+岁', '岁', 'g');

-- Wilson's interval at 95 %: of k among n.
CREATE OR REPLACE TEMP MACRO wilson(k, n) AS {
    'low': greatest(0, CASE WHEN k = 0 AND n > 0 THEN 0 ELSE (k + 1.9208 - 1.96 * sqrt(k::DOUBLE * (n - k) / n + 0.9604)) / (n + 3.8416) END),
    'high': least(1, CASE WHEN k = n THEN 1 ELSE (k + 1.9208 + 1.96 * sqrt(k::DOUBLE * (n - k) / n + 0.9604)) / (n + 3.8416) END)
};

-- 属实 confirms; who is still at it, or could not find out, leaves the state as it is; all others dismiss.
CREATE OR REPLACE TEMP MACRO dismisses(verdict) AS verdict NOT IN ('属实', '正在办理', '无法核实');

-- A verdict as its event tells it; the audit compares the two.
CREATE OR REPLACE TEMP MACRO verdict_text(verdict, measures, effect, done_on, checker) AS
    concat_ws('；', '核查结论：' || verdict, '整改措施：' || measures, '整改成效：' || effect, '完成日期：' || done_on, '核查人：' || checker);

-- A verdict speaks until the finding is reopened: then somebody looks again.
CREATE OR REPLACE TEMP VIEW verdict_in_force AS
SELECT v.* FROM main.verdict v
LEFT JOIN (SELECT finding_id, max(seq) AS seq FROM main.finding_event WHERE event = 'reopened' GROUP BY finding_id) r USING (finding_id)
WHERE r.seq IS NULL OR v.seq > r.seq
QUALIFY row_number() OVER (PARTITION BY v.finding_id ORDER BY v.seq DESC) = 1;
