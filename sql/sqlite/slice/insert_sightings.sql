-- A row is an import that says of a commission what an event says, a row of the slice.
INSERT OR REPLACE INTO sightings (commission, import, event)
SELECT r.commission, :import, r.event
FROM slice_rows AS r;
