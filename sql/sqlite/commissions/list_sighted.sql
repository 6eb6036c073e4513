-- A row is a commission above :after of which an import says what is known.
SELECT commission
FROM sightings
WHERE import = :import AND commission > :after
ORDER BY commission
LIMIT :limit;
