-- The row is a rule that the owner made. Times in UTC ms.
SELECT id, network, kind, text, article, page_tag, added_at_ms
FROM owner_rules
WHERE id = :id;
