-- Words that stay whole though somebody's name may be in them: of places and rosters.
SELECT DISTINCT word FROM (
    SELECT unnest([town, village]) AS word FROM (
        SELECT town, village FROM history_registered_poor UNION ALL SELECT town, village FROM history_dibao UNION ALL SELECT town, village FROM history_tekun
        UNION ALL SELECT town, village FROM history_disability UNION ALL SELECT town, village FROM history_medical_aid UNION ALL SELECT town, village FROM history_school
        UNION ALL SELECT town, village FROM history_temporary_aid UNION ALL SELECT town, village FROM history_verification
    )
    UNION ALL SELECT town FROM report_town
    UNION ALL SELECT unnest([label, department]) FROM kind
    UNION ALL SELECT unnest([name, category]) FROM rule
) WHERE length(word) > 1 ORDER BY word
