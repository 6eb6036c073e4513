-- The row says which events are an import's.
SELECT first_event, last_event
FROM imports
WHERE id = :id;
