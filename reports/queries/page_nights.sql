-- What every run day found and settled, and what stood open at its end: the sum
-- of the events so far. A verdict counts from the first run day that knew of it.
WITH step AS (
    SELECT finding_id, seq, stands - lag(stands, 1, 0) OVER life AS stands,
        (event = 'confirmed')::INTEGER - lag((event = 'confirmed')::INTEGER, 1, 0) OVER life AS confirmed
    FROM report_turn WINDOW life AS (PARTITION BY finding_id ORDER BY seq)
), known AS ( -- a night without events knows no more than the one before
    SELECT seq, min(day) AS day FROM report_day GROUP BY seq
), on_day AS (
    SELECT day, count(*) FILTER (WHERE stands > 0) AS came, count(*) FILTER (WHERE stands < 0) AS went, sum(confirmed)::BIGINT AS confirmed
    FROM ( -- what came and went in one day did neither
        SELECT k.day, s.finding_id, sum(s.stands) AS stands, sum(s.confirmed) AS confirmed
        FROM step s ASOF JOIN known k ON s.seq <= k.seq GROUP BY ALL
    ) GROUP BY day
)
SELECT day, coalesce(came, 0)::BIGINT, coalesce(went, 0)::BIGINT,
    sum(coalesce(came, 0) - coalesce(went, 0)) OVER (ORDER BY day)::BIGINT AS standing,
    sum(coalesce(confirmed, 0)) OVER (ORDER BY day)::BIGINT AS confirmed
FROM report_day LEFT JOIN on_day USING (day) ORDER BY day
