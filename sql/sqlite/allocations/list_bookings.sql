-- A row is money an event moved to (or from) an article, in the order of booking; article 0: unattributed. Micro-units; times in UTC ms.
SELECT event, article, link, commission_micro, sale_micro, booked_at_ms
FROM allocations
WHERE commission = :commission
ORDER BY id;
