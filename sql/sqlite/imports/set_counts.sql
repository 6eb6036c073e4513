-- The row is a report file whose rows have all been stored; counts of its rows.
UPDATE imports
SET row_count = :row_count, new_count = :new_count, changed_count = :changed_count, unchanged_count = :unchanged_count,
  bad_count = :bad_count
WHERE id = :id;
