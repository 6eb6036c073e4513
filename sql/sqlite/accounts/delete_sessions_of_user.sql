-- A row is a login of a person, all but one.
DELETE FROM sessions
WHERE user = :user AND token_hash <> :but_token_hash;
