-- What an event's hash is of: the hash of the event before it (nothing for the
-- first), then its own fields, one a line. The note comes last: it alone may
-- hold line breaks.
CREATE OR REPLACE TEMP MACRO event_text(seq, finding_id, at, event, run_id, actor, note) AS
    concat_ws(chr(10), seq::VARCHAR, finding_id, at::VARCHAR, event, coalesce(run_id, ''), coalesce(actor, ''), coalesce(note, ''));
