-- A row is what a commission was matched to. Times in UTC ms.
INSERT INTO matches (commission, tier, model, reason, version, decided_at_ms)
VALUES (:commission, :tier, :model, :reason, :version, :decided_at_ms);
