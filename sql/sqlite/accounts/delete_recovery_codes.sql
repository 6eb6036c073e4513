-- A row is a code of a person.
DELETE FROM recovery_codes
WHERE user = :user;
