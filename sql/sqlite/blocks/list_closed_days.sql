-- A row is a closed local day from :from to :to, both included: the day and its readers.
SELECT day, visitors
FROM closed_days
WHERE day BETWEEN :from AND :to
ORDER BY day;
