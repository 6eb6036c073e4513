-- A row is what an article and link got of a commission, summed over its events. Micro-units.
SELECT article, link, sum(commission_micro), sum(sale_micro)
FROM allocations
WHERE commission = :commission
GROUP BY article, link
ORDER BY article, link;
