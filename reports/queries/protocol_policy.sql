SELECT label, value, unit, coalesce(since::VARCHAR, '—'), CASE WHEN overridden THEN '配置' ELSE basis END
FROM policy_value ORDER BY parameter
