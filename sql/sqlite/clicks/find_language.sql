-- The row is a language that many clicks share: its id.
SELECT id
FROM languages
WHERE text = :text;
