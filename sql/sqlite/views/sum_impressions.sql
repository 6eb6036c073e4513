-- A row is a link's impressions by people in one article, days from :from to :to, both included.
SELECT link, sum(impressions)
FROM impression_days
WHERE day BETWEEN :from AND :to AND article = :article AND verdict = 0
GROUP BY link
ORDER BY link;
