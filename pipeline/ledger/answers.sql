-- Answers that came back from the townships, against the ledger. returned: the rows
-- of their sheets, a key NULL where its column was taken out; verdict_word: the
-- verdicts that there are; call: the day, who reads them in, and the run_id of it.

-- The note of a dismissal taken back: that is no news to whoever took it back.
CREATE OR REPLACE TEMP MACRO withdrawn() AS '撤回原核查结论';

-- A name as a terminal may show it. Of the number too no more is told: who gave a wrong
-- id may have given that of somebody in another town.
CREATE OR REPLACE TEMP MACRO veiled(name) AS left(coalesce(name, ''), 1) || repeat('*', length(coalesce(name, '')) - 1);

CREATE OR REPLACE TEMP MACRO differs(label, ours, theirs) AS
    CASE WHEN theirs IS NOT NULL AND bare(theirs) <> bare(ours)
        THEN label || '：台账为“' || coalesce(ours, '') || '”，表中为“' || theirs || '”' END;

-- A day as people and spreadsheets write it; NULL for anything else.
CREATE OR REPLACE TEMP MACRO told_day(text) AS
    CASE WHEN regexp_full_match(text, '[0-9]{5}') THEN DATE '1899-12-30' + text::INTEGER -- a spreadsheet's number of a day
        ELSE try_strptime(regexp_replace(rtrim(text, '日'), '[年月/.]', '-', 'g'), ['%Y-%m-%d', '%Y%m%d'])::DATE END;

-- A masked workbook hides characters of its keys, and of answers that were taken before.
CREATE OR REPLACE TEMP MACRO unmasks(masked, value) AS contains(masked, '*')
    AND value LIKE replace(replace(replace(replace(masked, '\', '\\'), '%', '\%'), '_', '\_'), '*', '_') ESCAPE '\';

-- 0. What is masked is told in full again, as far as the ledger knows it so.
UPDATE returned SET
    id_number = CASE WHEN unmasks(upper(bare(returned.id_number)), upper(d.id_number)) THEN d.id_number ELSE returned.id_number END,
    name = CASE WHEN unmasks(bare(returned.name), bare(d.name)) THEN d.name ELSE returned.name END,
    household_no = CASE WHEN unmasks(bare(returned.household_no), bare(d.household_no)) THEN d.household_no ELSE returned.household_no END,
    town = CASE WHEN unmasks(bare(returned.town), bare(d.town)) THEN d.town ELSE returned.town END,
    measures = CASE WHEN unmasks(trim(returned.measures), d.measures) THEN d.measures ELSE returned.measures END,
    effect = CASE WHEN unmasks(trim(returned.effect), d.effect) THEN d.effect ELSE returned.effect END,
    checker = CASE WHEN unmasks(bare(returned.checker), d.checker) THEN d.checker ELSE returned.checker END
FROM (
    SELECT d.finding_id, d.id_number, d.name, d.household_no, d.town, d.rule_id, v.measures, v.effect, v.checker
    FROM finding_detail d LEFT JOIN verdict_in_force v USING (finding_id)
) d
WHERE d.finding_id = bare(returned.finding_id) AND contains(concat(returned.id_number, returned.name, returned.household_no, returned.town, returned.measures, returned.effect, returned.checker), '*');

-- 1. The answers. Who filled in nothing, or just put the visitor's name down the
-- column, has not answered; neither is the line for signatures below a table an answer.
CREATE OR REPLACE TEMP TABLE answer AS
SELECT n, file, sheet, row_number, file_sha256, told_day(bare(issued)) AS issued, run, bare(finding_id) AS given_id, id_number, name, household_no, town, problem,
    bare(verdict) AS verdict, nullif(trim(measures), '') AS measures, nullif(trim(effect), '') AS effect, nullif(bare(checker), '') AS checker, bare(done_on) AS given_day, told_day(given_day) AS done_on
FROM returned
WHERE bare(concat(verdict, measures, effect, done_on)) <> '' AND bare(concat(finding_id, verdict, id_number, name)) <> '';

-- 2. What is wrong with each, if anything. What was taken before, from this file or in
-- these words, is known and is not judged again; neither is what an older sheet was issued
-- with, an answer that another has taken the place of since. A sheet of after a reopening was
-- issued blank: May's words on June's sheet, to which somebody had answered 正在办理 by then,
-- are what a second visit found, not what the sheet came with.
CREATE OR REPLACE TEMP TABLE judged AS
WITH spoken AS (
    SELECT v.finding_id, verdict_text(verdict, measures, effect, done_on, checker) AS note, file_sha256, taken_on, r.at AS spoken_until
    FROM main.verdict v ASOF LEFT JOIN (SELECT finding_id, at, seq FROM main.finding_event WHERE event = 'reopened') r
    ON r.finding_id = v.finding_id AND r.seq > v.seq
), matched AS (
    SELECT a.*, d.finding_id, d.rule_id, d.town AS finding_town, d.evidence, s.status, s.first_seen, f.verdict AS former, r.reopened.at AS reopened_on, r.seen.at AS seen_on,
        -- a sheet of the day's first run shows nothing of what the second saw
        r.reopened.at > a.issued OR coalesce(r.reopened.at = a.issued AND r.reopened.run_id > w.run_id, false) AS reopened_since,
        r.seen.at > a.issued OR coalesce(r.seen.at = a.issued AND r.seen.run_id > w.run_id, false) AS seen_since,
        verdict_text(a.verdict, a.measures, a.effect, a.done_on, a.checker) AS note,
        verdict_text(f.verdict, f.measures, f.effect, f.done_on, f.checker) AS former_note, f.taken_on AS former_on,
        -- Of a person, number and name say enough: a roster that renumbers a household would have a
        -- sheet refused that nobody touched.
        coalesce(d.level = 'person', false) AND bare(d.id_number) <> '' AND bare(upper(d.id_number)) = bare(upper(a.id_number)) AND bare(d.name) <> '' AND bare(d.name) = bare(a.name) AS same_person,
        -- A sheet from before a number was put right has the keys that it was issued with.
        k.finding_id IS NOT NULL AND (a.id_number IS NULL OR bare(upper(a.id_number)) = bare(upper(k.id_number)))
            AND (a.household_no IS NULL OR bare(a.household_no) = bare(k.household_no)) AND (a.town IS NULL OR bare(a.town) = bare(told_town(k.town))) AS as_before,
        concat_ws('；',
            CASE WHEN NOT as_before AND bare(upper(d.id_number)) <> bare(upper(a.id_number)) THEN '身份证号：台账为“' || coalesce(left(d.id_number, 6) || '********' || right(d.id_number, 4), '') || '”，表中为“' || a.id_number || '”' END,
            CASE WHEN bare(d.name) <> bare(a.name) AND a.name IS NOT NULL THEN '姓名：台账为“' || veiled(d.name) || '”，表中为“' || veiled(a.name) || '”' END,
            CASE WHEN NOT (same_person OR as_before) THEN differs('户编号', d.household_no, a.household_no) END, CASE WHEN NOT (same_person OR as_before) THEN differs('镇', told_town(d.town), a.town) END,
            -- a town's CSV has the rule in a column of its own, and its name alone here
            CASE WHEN NOT starts_with(bare(a.problem), d.rule_id) AND regexp_matches(bare(a.problem), '^[A-Z]{2}[0-9]{2}') THEN '问题：台账为“' || d.rule_id || '”，表中为“' || a.problem || '”' END) AS mismatch
    FROM answer a
    LEFT JOIN finding_detail d ON d.finding_id = a.given_id
    LEFT JOIN finding_state s ON s.finding_id = d.finding_id
    LEFT JOIN verdict_in_force f ON f.finding_id = d.finding_id
    LEFT JOIN finding_alias k ON k.finding_id = d.finding_id AND k.since IS NOT NULL
    LEFT JOIN (
        SELECT finding_id, arg_max({'at': at, 'run_id': run_id}, seq) FILTER (WHERE event = 'reopened' AND note IS DISTINCT FROM withdrawn()) AS reopened,
            arg_max({'at': at, 'run_id': run_id}, seq) FILTER (WHERE event = 'seen') AS seen
        FROM main.finding_event WHERE event IN ('reopened', 'seen') GROUP BY finding_id
    ) r ON r.finding_id = d.finding_id
    LEFT JOIN (SELECT as_of, run_id, row_number() OVER (PARTITION BY as_of ORDER BY run_id) AS n FROM main.run) w ON w.as_of = a.issued AND w.n = a.run
), compared AS (
    SELECT *, (finding_id, note) IN (SELECT (finding_id, note) FROM spoken) AS spent,
        coalesce(note = former_note, false) OR (finding_id, note, file_sha256) IN (SELECT (finding_id, note, file_sha256) FROM spoken)
            OR coalesce(former_on >= issued AND EXISTS (FROM spoken p
                WHERE p.finding_id = matched.finding_id AND p.note = matched.note AND p.taken_on <= issued AND coalesce(p.spoken_until > issued, true)), false) AS known
    FROM matched
)
SELECT *, CASE WHEN known THEN NULL
        WHEN given_id = '' THEN 'E-FBK-01' WHEN finding_id IS NULL THEN 'E-FBK-02' WHEN mismatch <> '' THEN 'E-FBK-03'
        WHEN verdict = '' THEN 'E-FBK-04' WHEN verdict NOT IN (FROM verdict_word) THEN 'E-FBK-05'
        WHEN given_day <> '' AND done_on IS NULL OR done_on > (SELECT day FROM call) OR done_on < DATE '2000-01-01'
            OR first_seen > (SELECT day FROM call) THEN 'E-FBK-06' -- nobody answered before it was found
        -- Of a sheet without its day, the words alone tell that they were spent before.
        WHEN reopened_since OR issued IS NULL AND spent THEN 'E-FBK-08'
        -- A dismissal is of the facts as they were looked at, and is measured by the ledger's:
        -- May's sheet, issued with an income of 5400, would dismiss June's 30000 unseen for ever.
        WHEN seen_since AND dismisses(verdict) THEN 'E-FBK-08' END AS code,
    NULL::VARCHAR AS reason
FROM compared;

UPDATE judged SET reason = CASE code WHEN 'E-FBK-02' THEN '台账没有疑点 ' || given_id WHEN 'E-FBK-03' THEN mismatch WHEN 'E-FBK-05' THEN '核查结论为“' || verdict || '”'
    WHEN 'E-FBK-06' THEN CASE WHEN first_seen > (SELECT day FROM call) THEN '登记日 ' || (SELECT day FROM call) || ' 早于疑点的发现日 ' || first_seen ELSE '完成日期为“' || given_day || '”' END
    WHEN 'E-FBK-08' THEN coalesce('此表数据日期 ' || issued || CASE WHEN coalesce(CASE WHEN reopened_since THEN reopened_on ELSE seen_on END = issued, false) THEN '（当日第' || run || '次运行）' ELSE '' END || '，', '')
        || CASE WHEN reopened_since OR issued IS NULL THEN '疑点已于 ' || reopened_on || ' 因情况变化重新列出' ELSE '疑点的情况已于 ' || seen_on || ' 变化' END END
WHERE code IS NOT NULL;

-- Two answers to one finding: nobody here can say which is meant.
UPDATE judged SET code = 'E-FBK-07', reason = '同一疑点另有不同的答复：' || o.places
FROM (
    SELECT finding_id, string_agg('《' || file || '》' || CASE WHEN sheet = '' THEN '' ELSE '工作表“' || sheet || '”' END || '第 ' || row_number || ' 行', '、' ORDER BY n) AS places
    FROM judged WHERE code IS NULL AND NOT known GROUP BY finding_id
    HAVING count(DISTINCT (verdict, measures, effect, done_on, checker)) > 1
) o
WHERE judged.code IS NULL AND NOT judged.known AND o.finding_id = judged.finding_id;

-- 3. What is taken. Who is still at it, or could not find out, takes a dismissal back.
CREATE OR REPLACE TEMP TABLE taken AS
SELECT *, CASE WHEN verdict = former THEN ['noted'] -- other measures only
        WHEN verdict = '属实' AND status = 'cleared' THEN ['confirmed', 'rectified'] WHEN verdict = '属实' THEN ['confirmed']
        WHEN dismisses(verdict) THEN ['dismissed'] WHEN status = 'dismissed' THEN ['reopened', 'noted'] ELSE ['noted'] END AS events
FROM judged WHERE code IS NULL AND NOT known
QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY n) = 1;

INSERT INTO pending_event
SELECT finding_id, day, event, actor, CASE event WHEN 'reopened' THEN withdrawn() WHEN 'rectified' THEN NULL ELSE note END, run_id
FROM (SELECT *, unnest(events) AS event FROM taken), call;

UPDATE finding_state SET status = CASE WHEN list_contains(t.events, 'rectified') THEN 'cleared' WHEN list_contains(t.events, 'reopened') THEN 'reopened' ELSE t.events[1] END
FROM taken t WHERE t.finding_id = finding_state.finding_id AND t.events <> ['noted'];
