-- A row is what one euro was worth in a currency on a day in [:from_day, :to_day]. Micro-units.
SELECT id, day, currency, per_euro_micro
FROM exchange_rates
WHERE day >= :from_day AND day <= :to_day
ORDER BY day, currency, id;
