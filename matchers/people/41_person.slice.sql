-- Once for each slice of somebody.
SET VARIABLE slice = {slice};
INSERT INTO analysts.person FROM person_in_slice;
