-- The rows are the columns of one block.
DELETE FROM click_columns
WHERE id >= :block * 32 AND id < (:block + 1) * 32;
