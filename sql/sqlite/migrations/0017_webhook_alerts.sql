-- What a night finds wrong that it did not find the night before is told to webhooks, in the transaction that notes it.

-- A mark "alert <kind> <subject>" holds the alert as a JSON object while something is wrong, and '' when it is no more.
CREATE TRIGGER webhook_alert_first AFTER INSERT ON marks
WHEN substr(NEW.name, 1, 6) = 'alert ' AND NEW.value <> '' AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data) VALUES ('alert.raised', NULL, NEW.value);
END;

CREATE TRIGGER webhook_alert_again AFTER UPDATE ON marks
WHEN substr(NEW.name, 1, 6) = 'alert ' AND NEW.value <> '' AND OLD.value = ''
  AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data) VALUES ('alert.raised', NULL, NEW.value);
END;
