-- What Attachment 1's figures do not tell apart, and which of them are of an earlier
-- list: of a town's own form, as far as they are the town's.
SELECT '名册没有“风险是否消除”一列，脱贫不稳定户、边缘易致贫户含风险已消除的。'
FROM roster_state, report_setting
WHERE kind = 'registered_poor' AND loaded AND NOT count_eliminated AND NOT list_contains(columns, 'risk_eliminated')
UNION ALL
SELECT '沿用上期数据：' || string_agg(note || '，自' || held_since || '起', '；' ORDER BY kind, town) || '。'
FROM held_scope WHERE $town = '' OR town IN ('', $town) HAVING count(*) > 0
