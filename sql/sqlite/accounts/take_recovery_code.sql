-- The row is a code that is used now.
DELETE FROM recovery_codes
WHERE user = :user AND code_hash = :code_hash;
