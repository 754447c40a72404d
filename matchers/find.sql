-- One rule's findings. What stands in braces the engine fills in: the rule's
-- SELECT, its conditions in AND, its subject, its facts with their sources, its
-- sentence. What a finding says beyond that is told here, once for all rules.
INSERT INTO found BY NAME
WITH hit AS (
    SELECT * FROM ({rule}) WHERE {holds}
), involved AS (
    SELECT DISTINCT subject, person_id FROM {members} WHERE subject IN (SELECT {subject} FROM hit)
), quality AS (
    SELECT subject, max(CASE quality WHEN 'exact' THEN 0 WHEN 'repaired' THEN 1 ELSE 2 END) AS doubt, count(*) AS members
    FROM involved JOIN identity USING (person_id) GROUP BY subject
), place AS (
    SELECT i.subject, r.kind,
        list({'kind': r.kind, 'roster': k.label, 'path': r.path, 'sheet': r.sheet, 'row': r.row_number} ORDER BY r.path, r.sheet, r.row_number) AS places
    FROM involved i JOIN roster_row r USING (person_id) JOIN roster_state k ON k.kind = r.kind
    WHERE r.kind IN (SELECT unnest(string_split(?, ','))) {own_row}
    GROUP BY i.subject, r.kind
), sources AS (
    SELECT subject, map(list(kind), list(places)) AS places FROM place GROUP BY subject
)
SELECT
    ? || '-' || left(sha256(? || '|' || hit.{subject}), 12) AS finding_id,
    ? AS rule_id, ? AS category, ? AS level, ? AS severity,
    CASE greatest(coalesce(quality.doubt, 0), {income_doubt}) WHEN 0 THEN 'high' WHEN 1 THEN 'medium' ELSE 'low' END AS confidence,
    about.person_id, about.household_id, about.id_number, about.name, about.household_no, about.town, about.village,
    coalesce(quality.members, 1)::INTEGER AS subject_count,
    {amount}::DECIMAL(14,2) AS amount_at_stake,
    {statement} AS statement,
    to_json({'facts': {facts}, 'conditions': ?::VARCHAR[], 'compared': (
        SELECT list({'kind': kind, 'roster': label, 'rows': rows, 'files': files} ORDER BY kind)
        FROM roster_state WHERE kind IN (SELECT unnest(string_split(?, ','))))})::VARCHAR AS evidence,
    hit.{subject} AS subject
FROM hit
JOIN {about} about ON about.subject = hit.{subject}
LEFT JOIN quality ON quality.subject = hit.{subject}
LEFT JOIN sources ON sources.subject = hit.{subject}
ORDER BY hit.{subject}
