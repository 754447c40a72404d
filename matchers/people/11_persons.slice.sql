-- Once for each slice of the persons.
SET VARIABLE slice = {slice};
INSERT INTO of_disability FROM of_disability_in_slice;
INSERT INTO of_medical_aid FROM of_medical_aid_in_slice;
INSERT INTO of_school FROM of_school_in_slice;
