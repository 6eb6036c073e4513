-- A row is a human click, ids from :from up to before :to, oldest first.
SELECT id, link, article
FROM clicks
WHERE id >= :from AND id < :to
  AND (id < (SELECT from_click FROM click_removal WHERE id = 1) OR id >= (SELECT to_click FROM click_removal WHERE id = 1))
  AND verdict = 0
ORDER BY id
LIMIT :limit;
