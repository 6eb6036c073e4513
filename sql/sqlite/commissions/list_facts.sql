-- A row is an observation of a commission and the import that tells it; without :but, undone and unpublished ones. Times in UTC ms.
SELECT e.id, e.import, e.posted_at_ms, e.status
FROM commission_events AS e
JOIN imports AS i ON i.id = e.import
WHERE e.commission = :commission AND e.kind = 0 AND i.published = 1 AND i.undone_at_ms IS NULL AND i.id <> :but
UNION ALL
SELECT e.id, s.import, e.posted_at_ms, e.status
FROM sightings AS s
JOIN commission_events AS e ON e.id = s.event
JOIN imports AS i ON i.id = s.import
WHERE s.commission = :commission AND i.published = 1 AND i.undone_at_ms IS NULL AND i.id <> :but;
