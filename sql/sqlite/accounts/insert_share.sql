-- A row is a link that shows one report. Times in UTC ms.
INSERT INTO shares (name, key_hash, report, segment, created_at_ms, expires_at_ms)
VALUES (:name, :key_hash, :report, :segment, :created_at_ms, :expires_at_ms)
ON CONFLICT (name) DO NOTHING;
