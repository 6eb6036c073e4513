-- A row is a change or a login, the newest first, older than one of them. Times in UTC ms.
SELECT id, at_ms, who, address, action, subject, changes
FROM audit_log
WHERE id < :before
ORDER BY id DESC
LIMIT :limit;
