-- A row is a network: the time of its newest commission's event (or null) and of its newest import that counts.
SELECT i.network, max(i.imported_at_ms), (
  SELECT e.event_at_ms
  FROM commission_events AS e
  CROSS JOIN standing AS c ON c.id = e.commission AND c.event = e.id
  WHERE c.network = i.network AND e.kind <> 2
  ORDER BY e.event_at_ms DESC
  LIMIT 1)
FROM imports AS i
WHERE i.published = 1 AND i.undone_at_ms IS NULL
GROUP BY i.network
ORDER BY i.network;
