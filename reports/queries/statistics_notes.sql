-- What Attachment 1's figures do not tell apart.
SELECT '名册没有“风险是否消除”一列，脱贫不稳定户、边缘易致贫户含风险已消除的。'
FROM roster_state, report_setting
WHERE kind = 'registered_poor' AND loaded AND NOT count_eliminated AND NOT list_contains(columns, 'risk_eliminated')
