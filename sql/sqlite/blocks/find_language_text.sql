-- The row is a language's text.
SELECT text
FROM languages
WHERE id = :id;
