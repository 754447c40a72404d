-- Once for each slice of the persons.
SET VARIABLE slice = {slice};
INSERT INTO identity FROM identity_in_slice;
