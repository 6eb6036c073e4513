-- A row is a link that is there and leads nowhere. Times in UTC ms.
SELECT link_checks.link, url, health, status, detail, checked_at_ms, failing_since_ms, failures
FROM link_checks JOIN links ON links.id = link_checks.link
WHERE health = 'dead' AND links.removed = 0
ORDER BY link_checks.link;
