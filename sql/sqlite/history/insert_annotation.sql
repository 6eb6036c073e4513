-- A row is a remark about days. Answers its id. Times in UTC ms.
INSERT INTO annotations (from_day, to_day, article, text, author, created_at_ms)
VALUES (:from_day, :to_day, :article, :text, :author, :created_at_ms)
RETURNING id;
