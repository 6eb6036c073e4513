-- A row is a referrer that many clicks share.
INSERT INTO referrers (text)
VALUES (:text);
