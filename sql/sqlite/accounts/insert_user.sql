-- A row is a person who signs in. Times in UTC ms.
INSERT INTO users (name, role, created_at_ms)
VALUES (:name, :role, :created_at_ms)
ON CONFLICT (name) DO NOTHING;
