-- A row is a user agent that many clicks share.
INSERT INTO user_agents (text)
VALUES (:text);
