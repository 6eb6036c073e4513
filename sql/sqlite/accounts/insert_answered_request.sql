-- A row is the answer a request had. Times in UTC ms.
INSERT INTO answered_requests (key_hash, request_hash, status, body, at_ms)
VALUES (:key_hash, :request_hash, :status, :body, :at_ms)
ON CONFLICT (key_hash) DO UPDATE
SET request_hash = excluded.request_hash, status = excluded.status, body = excluded.body, at_ms = excluded.at_ms;
