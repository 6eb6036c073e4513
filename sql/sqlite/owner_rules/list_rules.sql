-- A row is a rule that the owner made, oldest first. Times in UTC ms.
SELECT id, network, kind, text, article, page_tag, added_at_ms
FROM owner_rules
ORDER BY id;
