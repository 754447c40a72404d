-- Provincial exports of dibao come as two files, …家庭查询… and …人员查询…: one row
-- a household, one row a person, tied by the head's ID number.
-- incoming: the roster's rows of tonight; arrived_sheet: their sheets.

-- A sheet of households names nobody but the heads.
CREATE OR REPLACE TEMP TABLE heads_sheet AS
SELECT path, sheet, matched FROM arrived_sheet
WHERE rows_loaded > 0 AND (matched->>'$.name') = (matched->>'$.head_name') AND (matched->>'$.id_number') = (matched->>'$.head_id');

-- A sheet of persons says whose household each is in.
CREATE OR REPLACE TEMP TABLE persons_sheet AS
SELECT path, sheet, matched, (matched->>'$.household_no') IS DISTINCT FROM (matched->>'$.head_id') AS numbered FROM arrived_sheet
WHERE rows_loaded > 0 AND (matched->>'$.head_id') IS NOT NULL AND (path, sheet) NOT IN (SELECT (path, sheet) FROM heads_sheet);

-- One row a head: of several the one that is in force, for those that were stopped are history. Of a
-- head's two households in force (urban and rural) the columns would be mixed up: such rows are
-- left as they are.
CREATE OR REPLACE TEMP TABLE paired AS
SELECT i.* FROM incoming i JOIN heads_sheet USING (path, sheet)
WHERE i.head_id IN (SELECT p.head_id FROM incoming p JOIN persons_sheet USING (path, sheet))
WINDOW of_head AS (PARTITION BY i.head_id)
QUALIFY count(*) OVER of_head = 1 OR i.in_force AND count(*) FILTER (i.in_force) OVER of_head = 1
    -- persons with a household's number of their own may be of the one that was stopped
    AND i.head_id NOT IN (SELECT p.head_id FROM incoming p JOIN persons_sheet USING (path, sheet) WHERE numbered AND p.head_id IS NOT NULL);

-- Households that a pair should have, for the list of persons has a head of that name without a household: his
-- number differs (a number cell, a digit), or he has two. Their persons stay without tier and amount, and
-- he stands twice.
CREATE OR REPLACE TEMP TABLE unpaired AS
WITH without AS (
    SELECT p.* FROM incoming p JOIN persons_sheet USING (path, sheet) WHERE p.town IS NOT NULL AND p.head_id NOT IN (SELECT head_id FROM paired)
)
SELECT path, sheet, count(*) AS households, min(row_number) AS first
FROM incoming i JOIN heads_sheet USING (path, sheet)
WHERE i.in_force AND (path, sheet, row_number) NOT IN (SELECT (path, sheet, row_number) FROM paired)
  AND ((town, head_name) IN (SELECT (town, head_name) FROM without WHERE head_name IS NOT NULL)
    OR (town, name_key) IN (SELECT (town, name_key) FROM without WHERE id_number = head_id AND name_key <> ''))
GROUP BY ALL;

-- The person's own cell goes before the household's. A household number that
-- only stands for a missing one, the head's ID number, does not.
UPDATE incoming SET
    town = coalesce(incoming.town, h.town), village = coalesce(incoming.village, h.village),
    household_no = CASE WHEN s.numbered THEN incoming.household_no ELSE h.household_no END,
    head_name = coalesce(incoming.head_name, h.head_name),
    category = coalesce(incoming.category, h.category), tier = coalesce(incoming.tier, h.tier),
    persons_covered = coalesce(incoming.persons_covered, h.persons_covered), amount = coalesce(incoming.amount, h.amount),
    income_monthly = CASE WHEN incoming.income_per_capita IS NULL THEN h.income_monthly ELSE incoming.income_monthly END,
    income_per_capita = coalesce(incoming.income_per_capita, h.income_per_capita),
    start_month = coalesce(incoming.start_month, h.start_month), last_review = coalesce(incoming.last_review, h.last_review),
    gradual_exit_until = coalesce(incoming.gradual_exit_until, h.gradual_exit_until),
    single_household = coalesce(nullif(incoming.single_household, '空白'), h.single_household, incoming.single_household),
    in_force = CASE WHEN incoming.status IS NULL THEN h.in_force ELSE incoming.in_force END,
    status = coalesce(incoming.status, h.status), exit_reason = coalesce(incoming.exit_reason, h.exit_reason),
    houses = coalesce(incoming.houses, h.houses), financial_assets = coalesce(incoming.financial_assets, h.financial_assets)
FROM paired h, persons_sheet s
WHERE incoming.head_id = h.head_id AND incoming.path = s.path AND incoming.sheet = s.sheet;

-- What nobody could read of the household nobody could read of its persons.
INSERT INTO paired_fault
SELECT DISTINCT 'dibao', i.path, i.sheet, i.row_number, f.column_name
FROM arrived_fault f JOIN paired h USING (path, sheet, row_number)
JOIN incoming i ON i.head_id = h.head_id JOIN persons_sheet s ON s.path = i.path AND s.sheet = i.sheet;

-- A household whose persons are listed speaks through them: its own row would
-- make its head a protected person once more, or one who is not protected one.
DELETE FROM incoming USING paired h
WHERE incoming.path = h.path AND incoming.sheet = h.sheet AND incoming.row_number = h.row_number;

-- What either file tells, the pair tells.
CREATE OR REPLACE TEMP TABLE pair_of AS
SELECT DISTINCT p.path AS persons_path, p.sheet AS persons_sheet, o.matched AS persons_matched, h.path, h.sheet, s.matched
FROM incoming p JOIN persons_sheet o USING (path, sheet) JOIN paired h ON h.head_id = p.head_id JOIN heads_sheet s ON s.path = h.path AND s.sheet = h.sheet;

UPDATE arrived_sheet SET
    matched = json_merge_patch(p.matched, arrived_sheet.matched)::VARCHAR,
    note = concat_ws('；', nullif(arrived_sheet.note, ''), '户的信息取自《' || p.path || '》')
FROM (SELECT persons_path, persons_sheet, min(path) AS path, arg_min(matched, (path, sheet)) AS matched FROM pair_of GROUP BY ALL) p
WHERE arrived_sheet.path = p.persons_path AND arrived_sheet.sheet = p.persons_sheet;

UPDATE arrived_sheet SET
    matched = json_merge_patch(arrived_sheet.matched, p.persons_matched)::VARCHAR,
    note = concat_ws('；', nullif(arrived_sheet.note, ''), '已按户主身份证号并入《' || p.persons_path || '》，' || n.households || ' 户')
FROM (SELECT path, sheet, min(persons_path) AS persons_path, arg_min(persons_matched, (persons_path, persons_sheet)) AS persons_matched FROM pair_of GROUP BY ALL) p
JOIN (SELECT path, sheet, count(*) AS households FROM paired GROUP BY ALL) n USING (path, sheet)
WHERE arrived_sheet.path = p.path AND arrived_sheet.sheet = p.sheet;

UPDATE arrived_sheet SET note = concat_ws('；', nullif(arrived_sheet.note, ''), u.households || ' 户（如第 ' || u.first || ' 行）的户主在人员名单里，证号对不上或名下不止一户，{mark}')
FROM unpaired u WHERE arrived_sheet.path = u.path AND arrived_sheet.sheet = u.sheet;

DROP TABLE unpaired;
DROP TABLE heads_sheet;
DROP TABLE persons_sheet;
DROP TABLE paired;
DROP TABLE pair_of;
