-- A row is a language that many clicks share.
INSERT INTO languages (text)
VALUES (:text);
