-- The row is an import that counts no more. Times in UTC ms.
UPDATE imports
SET undone_at_ms = :undone_at_ms
WHERE id = :id;
