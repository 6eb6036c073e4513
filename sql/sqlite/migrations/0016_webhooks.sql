-- What the owner's other programs are told of, signed, until each has answered.

-- One address that is told of events.
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL,
  events TEXT NOT NULL,  -- their types with blanks between; '' is all
  secret TEXT NOT NULL,  -- what signs: both sides must know it
  created_at_ms INTEGER NOT NULL,
  failing_since_ms INTEGER,  -- null: the last delivery went well, or there was none
  disabled_at_ms INTEGER  -- null: deliveries go out
) STRICT;

-- One thing that happened and is in no delivery yet. Written with what happened, in its transaction.
CREATE TABLE webhook_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at_ms INTEGER,  -- null: when it is first looked at
  data TEXT NOT NULL  -- a JSON object, in whose texts control characters stand as they are
) STRICT;

-- One message to one webhook. Its message_id and body are the same at each attempt.
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),  -- pending, delivered, failed
  attempts INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  due_at_ms INTEGER NOT NULL,
  tried_at_ms INTEGER,
  status INTEGER NOT NULL,  -- HTTP's, of the last attempt; 0: no answer
  error TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at_ms) WHERE state = 0;
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook, id);

CREATE TRIGGER webhook_link_added AFTER INSERT ON links
WHEN EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('link.changed', NEW.updated_at_ms, '{"id":' || NEW.id || ',"slug":"' ||
    replace(replace(NEW.slug, '\', '\\'), '"', '\"') || '","change":"added"}');
END;

CREATE TRIGGER webhook_link_edited AFTER UPDATE ON links
WHEN EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('link.changed', iif(NEW.removed, NULL, NEW.updated_at_ms),
    '{"id":' || NEW.id || ',"slug":"' || replace(replace(NEW.slug, '\', '\\'), '"', '\"') || '","change":"' ||
    replace(replace(iif(NEW.removed, 'removed', 'edited'), '\', '\\'), '"', '\"') || '"}');
END;

CREATE TRIGGER webhook_import_published AFTER UPDATE OF published ON imports
WHEN NEW.published = 1 AND OLD.published = 0 AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('import.published', NEW.imported_at_ms, '{"id":' || NEW.id || ',"network":"' ||
    replace(replace(NEW.network, '\', '\\'), '"', '\"') || '","account":"' ||
    replace(replace(NEW.account, '\', '\\'), '"', '\"') || '","file_name":"' ||
    replace(replace(NEW.file_name, '\', '\\'), '"', '\"') || '","new_count":' || NEW.new_count || ',"changed_count":' ||
    NEW.changed_count || ',"bad_count":' || NEW.bad_count || '}');
END;

CREATE TRIGGER webhook_import_undone AFTER UPDATE OF undone_at_ms ON imports
WHEN NEW.undone_at_ms IS NOT NULL AND OLD.undone_at_ms IS NULL
  AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('import.undone', NEW.undone_at_ms,
    '{"id":' || NEW.id || ',"network":"' || replace(replace(NEW.network, '\', '\\'), '"', '\"') || '","account":"' ||
    replace(replace(NEW.account, '\', '\\'), '"', '\"') || '","file_name":"' ||
    replace(replace(NEW.file_name, '\', '\\'), '"', '\"') || '"}');
END;

CREATE TRIGGER webhook_verdict_changed AFTER UPDATE OF verdict ON articles
WHEN NEW.verdict <> OLD.verdict AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('page.verdict_changed', NEW.seen_at_ms,
    '{"path":"' || replace(replace(NEW.path, '\', '\\'), '"', '\"') || '","was":"' ||
    replace(replace(OLD.verdict, '\', '\\'), '"', '\"') || '","is":"' ||
    replace(replace(NEW.verdict, '\', '\\'), '"', '\"') || '","finding_count":' || NEW.finding_count || '}');
END;

CREATE TRIGGER webhook_page_judged AFTER INSERT ON articles
WHEN NEW.verdict <> '' AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('page.verdict_changed', NEW.seen_at_ms,
    '{"path":"' || replace(replace(NEW.path, '\', '\\'), '"', '\"') || '","was":"","is":"' ||
    replace(replace(NEW.verdict, '\', '\\'), '"', '\"') || '","finding_count":' || NEW.finding_count || '}');
END;

CREATE TRIGGER webhook_job_troubled AFTER UPDATE OF finished_at_ms ON job_runs
WHEN NEW.state IN ('failed', 'attention') AND EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL)
BEGIN
  INSERT INTO webhook_events (type, at_ms, data)
  VALUES ('job.troubled', NEW.finished_at_ms,
    '{"job":"' || replace(replace(NEW.job, '\', '\\'), '"', '\"') || '","step":"' ||
    replace(replace(NEW.step, '\', '\\'), '"', '\"') || '","state":"' ||
    replace(replace(NEW.state, '\', '\\'), '"', '\"') || '","message":"' ||
    replace(replace(NEW.message, '\', '\\'), '"', '\"') || '"}');
END;
