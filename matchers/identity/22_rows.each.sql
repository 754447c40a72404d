-- Last, as the others are sorted, who stands in a list without a town.
INSERT INTO analysts.{kind} SELECT * EXCLUDE (n) FROM named_{kind} WHERE town IS NULL ORDER BY person_id, n;
DROP VIEW named_{kind};
DROP TABLE numbered_{kind};
DROP TABLE slice_of_{kind};
