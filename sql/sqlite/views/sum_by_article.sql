-- A row is an article's views by people, days from :from to :to, both included.
SELECT article, sum(views)
FROM view_days
WHERE day BETWEEN :from AND :to AND verdict = 0
GROUP BY article
ORDER BY article;
