-- A row is a packed day that begins in [:from_ms, :to_ms), in order.
SELECT from_ms, to_ms, data FROM money_days WHERE from_ms >= :from_ms AND from_ms < :to_ms ORDER BY from_ms;
