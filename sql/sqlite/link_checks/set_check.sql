-- A row is the last look at where a link leads. Times in UTC ms.
INSERT INTO link_checks (link, url, health, status, detail, checked_at_ms, failing_since_ms, failures)
VALUES (:link, :url, :health, :status, :detail, :checked_at_ms, :failing_since_ms, :failures)
ON CONFLICT (link) DO UPDATE
SET url = excluded.url, health = excluded.health, status = excluded.status, detail = excluded.detail,
  checked_at_ms = excluded.checked_at_ms, failing_since_ms = excluded.failing_since_ms, failures = excluded.failures;
