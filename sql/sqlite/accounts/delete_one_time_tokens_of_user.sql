-- A row is a link that would have logged a person in.
DELETE FROM one_time_tokens
WHERE user = :user;
