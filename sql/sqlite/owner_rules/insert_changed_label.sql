-- A row is a sub-id or tag of which a rule changed.
INSERT INTO changed_labels (kind, text)
VALUES (:kind, :text);
