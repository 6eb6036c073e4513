-- A row is a packed day that begins at or after :from_ms, in order.
SELECT from_ms, to_ms FROM money_days WHERE from_ms >= :from_ms ORDER BY from_ms;
