-- A row is the clicks that a network counted for links of a type, by the latest import that tells of it and counts; days since 1970-01-01, 0: not told.
SELECT t.kind, sum(t.clicks), max(i.from_day), max(i.to_day)
FROM report_totals AS t
JOIN imports AS i ON i.id = t.import
WHERE i.network = :network AND t.kind <> '' AND t.product = ''
  AND t.import = (SELECT max(n.import) FROM report_totals AS n
    JOIN imports AS m ON m.id = n.import
    WHERE n.kind = t.kind AND n.kind <> '' AND n.product = '' AND m.network = :network AND m.undone_at_ms IS NULL AND m.published = 1)
GROUP BY t.kind
ORDER BY t.kind;
