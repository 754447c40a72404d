-- By rule and town: findings before and after, in number and in yuan a month.
SELECT coalesce(a.rule_id, b.rule_id), coalesce(a.town, b.town, '') AS town,
    count(a.finding_id) FILTER (WHERE b.finding_id IS NULL), count(b.finding_id) FILTER (WHERE a.finding_id IS NULL),
    count(b.finding_id), count(a.finding_id),
    coalesce(sum(b.amount_at_stake), 0)::DOUBLE, coalesce(sum(a.amount_at_stake), 0)::DOUBLE
FROM planned_before b FULL JOIN planned_after a USING (finding_id)
GROUP BY 1, 2
ORDER BY 1, 2
