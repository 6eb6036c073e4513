-- A row is a language of clicks: id, text.
SELECT id, text
FROM languages;
