-- A row is what one euro was worth in a currency on a day, unless the newest one of that day says the same. Micro-units.
INSERT INTO exchange_rates (day, currency, per_euro_micro)
SELECT :day, :currency, :per_euro_micro
WHERE :per_euro_micro IS NOT (
  SELECT r.per_euro_micro FROM exchange_rates AS r WHERE r.day = :day AND r.currency = :currency ORDER BY r.id DESC LIMIT 1);
