-- Every name that anybody was told under: in any roster on any day, in the ledger, and
-- in a cell of a faulty row whose header says that it holds a name. As written and as
-- folded; those that differ between rosters are in them all.
WITH named AS (
    SELECT unnest([name, name_key]) AS name FROM (
        SELECT name, name_key FROM history_registered_poor UNION ALL SELECT name, name_key FROM history_dibao UNION ALL SELECT name, name_key FROM history_tekun
        UNION ALL SELECT name, name_key FROM history_disability UNION ALL SELECT name, name_key FROM history_medical_aid UNION ALL SELECT name, name_key FROM history_school
        UNION ALL SELECT name, name_key FROM history_temporary_aid UNION ALL SELECT name, name_key FROM history_verification
    )
    UNION ALL SELECT head_name FROM history_dibao
    UNION ALL SELECT name FROM ledger_finding
    UNION ALL
    SELECT c."text" FROM (SELECT unnest(from_json(cells, '[{"column":"VARCHAR","text":"VARCHAR"}]')) AS c FROM reject)
    WHERE regexp_matches(c."column", '姓名|户主|户名|联系人|监护人|申请人|代理人|负责人')
    UNION ALL
    SELECT cell FROM (
        SELECT unnest(from_json(s.headers, '["VARCHAR"]')) AS header, unnest(from_json(o.cells, '["VARCHAR"]')) AS cell
        FROM original_row o JOIN (SELECT path, sheet, any_value(headers) AS headers FROM source_file GROUP BY ALL) s USING (path, sheet)
    ) WHERE regexp_matches(header, '姓名|户主|户名|联系人|监护人|申请人|代理人|负责人')
)
SELECT DISTINCT trim(name) AS name FROM named WHERE trim(name) <> '' AND NOT regexp_full_match(trim(name), '[0-9.,年月日是否/-]+') ORDER BY name
