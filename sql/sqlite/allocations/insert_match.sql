-- A row is what a commission was matched to.
INSERT INTO matches (commission, tier, model, reason)
VALUES (:commission, :tier, :model, :reason);
