-- The row is a user agent's text.
SELECT text
FROM user_agents
WHERE id = :id;
