CREATE OR REPLACE TEMP TABLE summary_period AS SELECT $first_day::DATE AS first_day, $last_day::DATE AS last_day;
