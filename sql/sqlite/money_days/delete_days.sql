-- Takes away the days that overlap [:from_ms, :to_ms). A local day is at most 26 hours long.
DELETE FROM money_days WHERE from_ms > :from_ms - 93600000 AND from_ms < :to_ms AND to_ms > :from_ms;
