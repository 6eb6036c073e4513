-- The row is a user agent that many clicks share: its id.
SELECT id
FROM user_agents
WHERE text = :text;
