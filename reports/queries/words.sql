-- What the reports' queries share.

-- The order of the categories is not the alphabet's.
CREATE OR REPLACE TEMP MACRO category_position(category) AS list_position((SELECT categories FROM report_setting), category);

-- A town as it is told: also the one of what has none. As the ledger's macro has it.
CREATE OR REPLACE TEMP MACRO told_town(town) AS coalesce(nullif(town, ''), '镇别不明');

-- Whether an event changes what is said of its finding, by the event before: that the data
-- ceased to show what had been dismissed does not. It stays dismissed, and nobody put it right.
-- As the ledger's macro has it.
CREATE OR REPLACE TEMP MACRO is_news(event, before) AS event <> 'cleared' OR before IS DISTINCT FROM 'dismissed';

-- A share as people read it, to a tenth of a percent: all and none are said only where
-- they are so. As Percent in Go has it.
CREATE OR REPLACE TEMP MACRO told_share(share) AS
    printf('%.1f%%', CASE WHEN share > 0 AND share < 1 THEN least(greatest(round(1000 * share), 1), 999) ELSE round(1000 * share) END / 10);

-- How a form names the rules that one reason keeps from speaking: many by their ids alone,
-- for it has to stay readable.
CREATE OR REPLACE TEMP MACRO unspoken(rules, reason) AS
    array_to_string(CASE WHEN len(rules) > 5 THEN list_transform(rules, r -> left(r, 4)) ELSE rules END, '、') || '（' || reason || '）';

-- A text without the spaces that people put into names and numbers.
CREATE OR REPLACE TEMP MACRO unspaced(written) AS regexp_replace(written, '[\s\pZ]+', '', 'g');
