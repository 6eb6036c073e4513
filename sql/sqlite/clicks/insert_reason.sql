-- A row is a reason that many clicks share.
INSERT INTO reasons (text)
VALUES (:text);
