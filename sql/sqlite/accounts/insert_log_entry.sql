-- A row is a change or a login. Times in UTC ms.
INSERT INTO audit_log (at_ms, who, address, action, subject, changes)
VALUES (:at_ms, :who, :address, :action, :subject, :changes);
