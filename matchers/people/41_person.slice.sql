-- Once for each slice of somebody after the first.
SET VARIABLE slice = {slice};
INSERT INTO person FROM person_in_slice ORDER BY town, person_id;
