-- The row is a network's report of an account, of which each file is the whole truth of its days.
SELECT id
FROM scopes
WHERE network = :network AND report = :report AND account = :account;
