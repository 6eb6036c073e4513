-- The row is how many codes a person has left.
SELECT count(*)
FROM recovery_codes
WHERE user = :user;
