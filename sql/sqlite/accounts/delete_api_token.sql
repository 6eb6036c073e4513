-- The row is a program's token that ends.
DELETE FROM api_tokens
WHERE name = :name;
