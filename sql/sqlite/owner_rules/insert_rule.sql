-- A row is a rule that the owner made; nothing when its text, or for a page's tag its article, has one. Times in UTC ms.
INSERT INTO owner_rules (network, kind, text, article, page_tag, added_at_ms)
VALUES (:network, :kind, :text, :article, :page_tag, :added_at_ms)
ON CONFLICT DO NOTHING;
