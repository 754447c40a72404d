-- Once for dibao and tekun, of which rules look months back: the versions of their
-- rows that stood before as_of, with the person that each was about. A number that
-- was broken then is resolved with what is known now: mending it is no event.
CREATE OR REPLACE TEMP TABLE past_{kind} AS
SELECT h.* FROM about('{kind}', 'history_{kind}') h, policy WHERE valid_from < as_of;
