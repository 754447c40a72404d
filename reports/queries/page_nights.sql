-- What every run day found and settled, and what stood open at its end: the sum
-- of the events so far. A verdict counts from the first run day at or after it.
WITH day AS (
    SELECT r.as_of AS day FROM main.run r, tonight t WHERE r.as_of <= t.as_of GROUP BY r.as_of
), turn AS (
    SELECT finding_id, seq, least(at, as_of) AS at,
        (event NOT IN ('cleared', 'dismissed', 'rectified'))::INTEGER AS stands, (event = 'confirmed')::INTEGER AS confirmed
    FROM main.finding_event e, tonight t WHERE event NOT IN ('seen', 'noted')
), step AS (
    SELECT at, stands - lag(stands, 1, 0) OVER life AS stands, confirmed - lag(confirmed, 1, 0) OVER life AS confirmed
    FROM turn WINDOW life AS (PARTITION BY finding_id ORDER BY seq)
), dated AS (
    SELECT at, count(*) FILTER (WHERE stands = 1) AS came, count(*) FILTER (WHERE stands = -1) AS went, sum(confirmed)::BIGINT AS confirmed
    FROM step GROUP BY at
), on_day AS (
    SELECT d.day, sum(came)::BIGINT AS came, sum(went)::BIGINT AS went, sum(confirmed)::BIGINT AS confirmed
    FROM dated ASOF JOIN day d ON dated.at <= d.day GROUP BY d.day
)
SELECT day, coalesce(came, 0)::BIGINT, coalesce(went, 0)::BIGINT,
    sum(coalesce(came, 0) - coalesce(went, 0)) OVER (ORDER BY day)::BIGINT AS standing,
    sum(coalesce(confirmed, 0)) OVER (ORDER BY day)::BIGINT AS confirmed
FROM day LEFT JOIN on_day USING (day) ORDER BY day
