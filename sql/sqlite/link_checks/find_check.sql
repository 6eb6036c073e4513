-- The row is the last look at where a link leads. Times in UTC ms.
SELECT link, url, health, status, detail, checked_at_ms, failing_since_ms, failures
FROM link_checks
WHERE link = :link;
