-- The row is the largest click id of all blocks; null when there is none.
SELECT max(last_click)
FROM click_blocks
WHERE live = 1;
