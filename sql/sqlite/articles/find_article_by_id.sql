-- The row is the article with the id. Times in UTC ms.
SELECT id, path, title, verdict, origin, seen_at_ms, finding_count, findings_json, wholly_paid
FROM articles
WHERE id = :id;
