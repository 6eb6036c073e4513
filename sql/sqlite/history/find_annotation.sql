-- The row is the remark with the id. Times in UTC ms.
SELECT id, from_day, to_day, article, text, author, version, created_at_ms
FROM annotations
WHERE id = :id;
