-- The row is a link that shows one report, used again. Times in UTC ms.
UPDATE shares
SET used_at_ms = max(coalesce(used_at_ms, 0), :used_at_ms)
WHERE key_hash = :key_hash;
