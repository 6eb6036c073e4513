-- A row is the clicks that a network counted for a tag, by the latest import that tells of it and counts; days since 1970-01-01, 0: not told.
SELECT t.tag, sum(t.clicks), max(i.from_day), max(i.to_day)
FROM imports AS i
JOIN report_totals AS t ON t.import = i.id
WHERE i.network = :network AND t.tag <> '' AND t.product = ''
  AND t.import = (SELECT max(n.import) FROM report_totals AS n
    JOIN imports AS m ON m.id = n.import
    WHERE n.tag = t.tag AND n.tag <> '' AND n.product = '' AND m.network = :network AND m.undone_at_ms IS NULL AND m.published = 1)
GROUP BY t.tag
ORDER BY t.tag;
