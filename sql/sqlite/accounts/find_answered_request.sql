-- The row is the answer a request had. Times in UTC ms.
SELECT request_hash, status, body, at_ms
FROM answered_requests
WHERE key_hash = :key_hash;
