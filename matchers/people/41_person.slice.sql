-- Once for each slice of somebody. A join keeps no order; to sort by one number is cheaper than by two words.
SET VARIABLE slice = {slice};
SET preserve_insertion_order = true;
CREATE OR REPLACE TEMP TABLE in_order AS FROM slice_in_order;
SET preserve_insertion_order = false;
INSERT INTO analysts.person SELECT * EXCLUDE (nth) FROM person_in_slice ORDER BY nth;
