-- The files that each roster's rows in force came from; a roster that never came stands
-- alone. Of a file that only a held town's rows are from, tonight's account tells nothing.
WITH read AS (
    SELECT kind, path, read_run_id, min(sha256) AS sha256, sum(rows_loaded)::BIGINT AS loaded, sum(rows_rejected)::BIGINT AS rejected
    FROM source_file GROUP BY ALL
)
SELECT k.label, k.department, coalesce('《' || s.path || '》' || CASE WHEN s.repeats IS NULL THEN '' ELSE '（与《' || s.repeats || '》重复，不计）' END, '本期无'),
    l.modified, r.loaded, r.rejected, left(r.sha256, 16)
FROM kind k
LEFT JOIN standing_file s USING (kind)
LEFT JOIN read r ON r.kind = s.kind AND r.path = s.path AND r.read_run_id = s.run_id
LEFT JOIN loaded_file l ON l.kind = s.kind AND l.path = s.path AND l.run_id = s.run_id
ORDER BY k.position, s.path
