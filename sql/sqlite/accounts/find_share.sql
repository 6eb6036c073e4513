-- The row is a link that shows one report, by its hash. Times in UTC ms.
SELECT name, key_hash, report, segment, created_at_ms, expires_at_ms, used_at_ms
FROM shares
WHERE key_hash = :key_hash;
