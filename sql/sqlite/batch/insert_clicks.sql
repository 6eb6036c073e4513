-- The rows are a batch's clicks, none of them stored yet. Written so that SQLite copies rows as they are, column by column of
-- neither table: all columns, no condition, no conflict clause.
INSERT INTO main.clicks
SELECT * FROM batch.clicks;
