-- A row counts the clicks of a local day with one verdict, days from :from to :to, both included.
SELECT day, verdict, sum(clicks)
FROM click_days
WHERE day BETWEEN :from AND :to
GROUP BY day, verdict
ORDER BY day, verdict;
