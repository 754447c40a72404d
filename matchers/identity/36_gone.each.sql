-- Once for registered_poor and disability: the person that each gone row was about,
-- resolved with what is known now.
CREATE OR REPLACE TEMP TABLE previous_{kind} AS FROM about('{kind}', 'gone_{kind}');
