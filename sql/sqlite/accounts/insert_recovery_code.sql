-- A row is a code of a person, by its hash.
INSERT INTO recovery_codes (user, code_hash)
VALUES (:user, :code_hash);
