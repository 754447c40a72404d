-- What in the ledger does not hold together: one sentence a row, in the order of
-- the events.
WITH linked AS (
    SELECT *, lag(seq, 1, 0) OVER (ORDER BY seq) AS seq_before, lag(hash, 1, '') OVER (ORDER BY seq) AS hash_before FROM main.finding_event WHERE seq IS NOT NULL
), folded AS (
    SELECT finding_id, arg_max(CASE event WHEN 'opened' THEN 'open' WHEN 'rectified' THEN 'cleared' ELSE event END, seq) AS status,
        min(at) FILTER (WHERE event = 'opened') AS first_seen
    FROM (FROM main.finding_event WHERE seq IS NOT NULL AND event NOT IN ('seen', 'noted')
        QUALIFY is_news(event, lag(event) OVER (PARTITION BY finding_id ORDER BY seq)))
    GROUP BY finding_id
), fault AS (
    SELECT seq, 1 AS kind, '第 ' || seq || ' 条之前缺 ' || (seq - seq_before - 1) || ' 条' AS told FROM linked WHERE seq <> seq_before + 1
    UNION ALL
    SELECT seq, 2, '第 ' || seq || ' 条与上一条不相连（疑点 ' || finding_id || '）' FROM linked WHERE previous IS DISTINCT FROM hash_before
    UNION ALL
    SELECT seq, 3, '第 ' || seq || ' 条的内容被改动（疑点 ' || finding_id || '，' || at || '，' || event || '）' FROM linked
    WHERE hash IS DISTINCT FROM sha256(previous || chr(10) || event_text(seq, finding_id, at, event, run_id, actor, note))
    UNION ALL
    SELECT NULL, 0, '疑点 ' || finding_id || ' 有记录（' || at || '，' || event || '）不在链上' FROM main.finding_event WHERE seq IS NULL AND EXISTS (FROM linked)
    UNION ALL
    SELECT NULL, 4, '疑点 ' || finding_id || ' 的状态为 ' || coalesce(s.status, '无') || '，按各条记录应为 ' || coalesce(f.status, '无')
    FROM finding_state s FULL JOIN folded f USING (finding_id) WHERE s.status IS DISTINCT FROM f.status AND EXISTS (FROM linked)
    UNION ALL
    SELECT NULL, 5, '疑点 ' || finding_id || ' 的首次发现日为 ' || s.first_seen || '，按各条记录应为 ' || f.first_seen
    FROM finding_state s JOIN folded f USING (finding_id) WHERE s.first_seen <> f.first_seen
    UNION ALL
    SELECT coalesce(v.seq, e.seq), 6, '疑点 ' || coalesce(v.finding_id, e.finding_id) || CASE WHEN e.seq IS NULL THEN ' 的核查结论没有台账记录' WHEN v.seq IS NULL THEN ' 的台账记录没有核查结论' ELSE ' 的核查结论与台账记录不符' END
    FROM main.verdict v FULL JOIN (SELECT * FROM main.finding_event WHERE event IN ('confirmed', 'dismissed', 'noted')) e ON e.seq = v.seq
    WHERE (v.finding_id, verdict_text(v.verdict, v.measures, v.effect, v.done_on, v.checker)) IS DISTINCT FROM (e.finding_id, e.note)
)
SELECT told FROM fault ORDER BY seq NULLS LAST, kind, told
