-- A row is a local day's views by people, days from :from to :to, both included.
SELECT day, sum(views)
FROM view_days
WHERE day BETWEEN :from AND :to AND verdict = 0
GROUP BY day
ORDER BY day;
