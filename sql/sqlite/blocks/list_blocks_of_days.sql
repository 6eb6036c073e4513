-- A row is a block of the local days from :from to :to, both included.
SELECT id, day, first_click, last_click, clicks
FROM click_blocks
WHERE day BETWEEN :from AND :to AND live = 1
ORDER BY day, id;
