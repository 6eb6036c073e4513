-- A row is a day on which a product was ordered with a tag (or one the report does not tell), of imports that count.
SELECT DISTINCT t.day
FROM report_totals AS t
JOIN imports AS i ON i.id = t.import
WHERE t.product = :product AND t.product <> '' AND t.tag IN (:tag, '') AND t.day >= 0 AND t.ordered > 0
  AND i.network = :network AND i.undone_at_ms IS NULL AND i.published = 1
ORDER BY t.day;
