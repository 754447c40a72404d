CREATE OR REPLACE TEMP TABLE report_setting AS
SELECT $watch_below::DOUBLE AS watch_below, $count_eliminated::BOOLEAN AS count_eliminated;
