-- A row says that a sub-id or tag belongs to an article; an empty network means any. A later rule for the same text wins.
INSERT INTO label_rules (network, kind, text, article)
VALUES (:network, :kind, :text, :article)
ON CONFLICT (kind, text, network) DO UPDATE
SET article = excluded.article;
