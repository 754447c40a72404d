-- A department's files that could not be taken at all.
SELECT s.path, s.note FROM source_file s JOIN kind k USING (kind)
WHERE k.department = $department AND s.format IS NULL AND starts_with(s.note, '拒收：')
ORDER BY s.path, s.note
