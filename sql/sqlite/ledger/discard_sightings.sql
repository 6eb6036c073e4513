-- A row is what a given up import said, some of them.
DELETE FROM sightings
WHERE import = :import AND commission IN (SELECT commission FROM sightings WHERE import = :import LIMIT :limit);
