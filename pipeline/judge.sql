-- The volume guard's judgement of one roster, {kind}: what arrived (arrival,
-- arrived_file) against the snapshot in force (read_{kind}). guarding holds the
-- limits, accepting the scopes that an operator takes all the same.

-- The rows of each town. '' are the rows without one; a list of events is one
-- group, for a town in which nothing happened is not missing.
CREATE OR REPLACE TEMP TABLE figure AS
SELECT town, coalesce(b.n, 0)::BIGINT AS before, coalesce(a.n, 0)::BIGINT AS after, 0::BIGINT AS moved
FROM (SELECT {town} AS town, count(*) AS n FROM read_{kind} GROUP BY 1) b
FULL JOIN (SELECT {town} AS town, sum(rows) AS n FROM arrival WHERE kind = '{kind}' GROUP BY 1) a USING (town);

-- Rows whose person stands under another town tonight, and stood under none but
-- this one before, are not lost: a town was renamed, or told by its official name.
UPDATE figure SET moved = m.n FROM (
    SELECT {town} AS town, count(*) AS n FROM read_{kind}
    WHERE {town} IN (SELECT town FROM figure WHERE town <> '' AND after < before)
      AND ({town}, id_number, name_key) NOT IN (SELECT ({town}, id_number, name_key) FROM incoming WHERE id_number <> '' AND name_key <> '')
      AND (id_number, name_key) IN (SELECT (id_number, name_key) FROM incoming WHERE id_number <> '' AND name_key <> '')
      AND (id_number, name_key) IN (SELECT (id_number, name_key) FROM read_{kind} GROUP BY id_number, name_key HAVING count(DISTINCT {town}) = 1)
    GROUP BY 1
) m WHERE m.town = figure.town;

-- How old each group is: as its oldest file, for every file is a part of it; a
-- list of events as its newest. The same rows under a newer file are newer, and
-- what was accepted is as new as that.
CREATE OR REPLACE TEMP TABLE aged AS
WITH file AS (
    SELECT path, max(modified) AS day FROM (SELECT unnest(string_split(coalesce(repeats, path), '》《')) AS path, modified FROM arrived_file) GROUP BY path
), by_town AS (
    SELECT {town} AS town, CASE WHEN any_value(events) THEN max(day) ELSE min(day) END AS day
    FROM arrival JOIN file USING (path), guarding WHERE kind = '{kind}' GROUP BY ALL
), renewed AS (
    SELECT town, max(as_of) AS day FROM main.hold WHERE kind = '{kind}' AND accepted_by IS NOT NULL GROUP BY town
)
SELECT t.town, t.day, greatest(t.day, r.day, w.day) AS counted_from
FROM by_town t LEFT JOIN renewed r ON r.town = t.town LEFT JOIN renewed w ON w.town = '';

-- Columns that said something in most rows, and say nothing in any tonight, by town; town
-- NULL: in all. The half and the number leave out what few ever have, an exit's last month.
CREATE OR REPLACE TEMP TABLE emptied AS
WITH told AS (
    SELECT town, column_name, b.rows AS before, a.rows AS after, figure.before AS listed
    FROM (SELECT town, unnest(filled, recursive := true) FROM (SELECT {town} AS town, {filled} AS filled FROM read_{kind} GROUP BY 1)) b
    JOIN arrival_filled a USING (town, column_name) JOIN figure USING (town) WHERE a.kind = '{kind}'
)
SELECT town, column_name FROM told WHERE after = 0 AND before >= 20 AND before >= listed / 2
UNION ALL
SELECT NULL, column_name FROM told GROUP BY column_name HAVING sum(after) = 0 AND sum(before) >= 20 AND sum(before) >= sum(listed) / 2;

-- What would be held: groups that lost too much or a column, and groups that are too old.
CREATE OR REPLACE TEMP TABLE suspect AS
SELECT town, before, after, e.columns, a.day, town IN (FROM accepting) AS accepted,
    CASE WHEN fell AND after = 0 THEN '缺镇' WHEN fell THEN '减少' WHEN e.columns IS NOT NULL THEN '缺项' ELSE '过期' END AS reason
FROM (
    SELECT *, NOT events AND before > 0 AND (before - after - moved > shrink_rate * before OR after = 0 AND moved = 0) AS fell
    FROM figure, guarding
) LEFT JOIN aged a USING (town)
LEFT JOIN (SELECT town, list(column_name ORDER BY column_name) AS columns FROM emptied WHERE town IS NOT NULL GROUP BY town) e USING (town)
WHERE fell OR e.columns IS NOT NULL OR stale_days > 0 AND NOT first_day AND as_of - a.counted_from > stale_days;

-- In all: towns that fall on their own are left out, for their last rows stand
-- in. A roster all of whose groups are suspect is held as a whole.
CREATE OR REPLACE TEMP TABLE judgement AS
WITH total AS (
    SELECT count(*) AS groups, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after FROM figure
), rest AS (
    SELECT coalesce(sum(before) > 0 AND (sum(before) - sum(after) > any_value(shrink_rate) * sum(before) OR sum(after) = 0), false) AS fell
    FROM figure, guarding
    WHERE NOT events AND (town = '' OR town NOT IN (SELECT town FROM suspect WHERE reason <> '过期'))
), doubted AS (
    SELECT count(*) AS groups, count(DISTINCT reason) AS reasons, min(reason) AS reason, min(day) AS day,
        coalesce(bool_or(reason IN ('减少', '缺镇')), false) AS lost,
        count(*) FILTER (WHERE town <> '') > 0 AS towns, coalesce(bool_or(accepted AND town <> ''), false) AS accepted
    FROM suspect
), blank AS (
    SELECT list(DISTINCT column_name ORDER BY column_name) AS columns, coalesce(bool_or(town IS NULL), false) AS throughout FROM emptied
), taken AS (
    SELECT count(*) > 0 AS whole FROM accepting WHERE town = ''
), whole AS MATERIALIZED (
    SELECT '' AS town, t.before, t.after, b.columns, d.day,
        CASE WHEN fell OR d.lost AND d.reasons > 1 THEN '减少' WHEN b.throughout OR d.reasons > 1 THEN '缺项' ELSE d.reason END AS reason,
        b.throughout OR d.groups > 0 AND d.groups = t.groups AS every,
        (fell OR every AND NOT d.accepted) AND NOT taken.whole AS held, (fell OR every OR d.towns) AND taken.whole AS accepted
    FROM total t, rest, doubted d, blank b, taken
)
SELECT town, reason, before, after, columns, day, accepted FROM whole WHERE held OR accepted
UNION ALL
SELECT s.town, s.reason, s.before, s.after, s.columns, s.day, s.accepted
FROM suspect s, whole WHERE s.town <> '' AND NOT whole.held AND NOT whole.accepted;
