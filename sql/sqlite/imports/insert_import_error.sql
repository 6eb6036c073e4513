-- A row is a row of a report file that could not be read, in file order from 1.
INSERT INTO import_errors (import, position, "row", "column", reason, text)
VALUES (:import, :position, :row, :column, :reason, :text);
