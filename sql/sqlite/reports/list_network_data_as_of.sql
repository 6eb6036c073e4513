-- A row is a network as it was known at :as_of_ms: the time of its newest commission's event (or null) and of its newest import that counted.
SELECT i.network, max(i.imported_at_ms), (
  SELECT max(e.event_at_ms)
  FROM commissions AS c
  JOIN commission_events AS e ON e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = c.id AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  WHERE c.network = i.network AND e.kind <> 2)
FROM imports AS i
WHERE i.published = 1 AND i.imported_at_ms <= :as_of_ms AND (i.undone_at_ms IS NULL OR i.undone_at_ms > :as_of_ms)
GROUP BY i.network
ORDER BY i.network;
