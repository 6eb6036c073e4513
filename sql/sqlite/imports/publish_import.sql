-- The row is a report file whose rows have all been staged; counts of its rows, and its events.
UPDATE imports
SET row_count = :row_count, new_count = :new_count, changed_count = :changed_count, unchanged_count = :unchanged_count,
  bad_count = :bad_count, withdrawn_count = :withdrawn_count, first_event = :first_event, last_event = :last_event, published = 1
WHERE id = :id;
