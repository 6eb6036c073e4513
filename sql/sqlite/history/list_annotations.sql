-- A row is a remark about days that touch :from to :to, by day. Times in UTC ms.
SELECT id, from_day, to_day, article, text, author, version, created_at_ms
FROM annotations
WHERE from_day <= :to AND to_day >= :from
ORDER BY from_day, id;
