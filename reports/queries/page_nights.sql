-- What every run day found and settled, and what stood open at its end: the sum
-- of the events so far. A verdict counts from the first run day that knew of it.
WITH turn AS (
    SELECT finding_id, seq,
        (event NOT IN ('cleared', 'dismissed', 'rectified'))::INTEGER AS stands, (event = 'confirmed')::INTEGER AS confirmed
    FROM main.finding_event WHERE event NOT IN ('seen', 'noted')
), step AS (
    SELECT seq, stands - lag(stands, 1, 0) OVER life AS stands, confirmed - lag(confirmed, 1, 0) OVER life AS confirmed
    FROM turn WINDOW life AS (PARTITION BY finding_id ORDER BY seq)
), on_day AS (
    SELECT d.day, count(*) FILTER (WHERE stands = 1) AS came, count(*) FILTER (WHERE stands = -1) AS went, sum(s.confirmed)::BIGINT AS confirmed
    FROM step s ASOF JOIN report_day d ON s.seq <= d.seq GROUP BY d.day
)
SELECT day, coalesce(came, 0)::BIGINT, coalesce(went, 0)::BIGINT,
    sum(coalesce(came, 0) - coalesce(went, 0)) OVER (ORDER BY day)::BIGINT AS standing,
    sum(coalesce(confirmed, 0)) OVER (ORDER BY day)::BIGINT AS confirmed
FROM report_day LEFT JOIN on_day USING (day) ORDER BY day
