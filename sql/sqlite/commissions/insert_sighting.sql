-- A row is an import that says of a commission what an event says.
INSERT OR REPLACE INTO sightings (commission, import, event)
VALUES (:commission, :import, :event);
