CREATE OR REPLACE TEMP TABLE report_setting AS
SELECT $watch_below::DOUBLE AS watch_below, $count_eliminated::BOOLEAN AS count_eliminated,
    from_json($categories::VARCHAR, '["VARCHAR"]') AS categories; -- in their order
