-- Once for each kind and slice of its towns.
SET VARIABLE towns = (SELECT towns FROM slice_of_{kind} WHERE slice = {slice});
INSERT INTO analysts.{kind} SELECT * EXCLUDE (n) FROM named_{kind}
WHERE town BETWEEN getvariable('towns').first AND getvariable('towns').last ORDER BY town, person_id, n;
