SELECT department FROM kind WHERE kind IN (SELECT kind FROM source_file) GROUP BY department ORDER BY min(position)
