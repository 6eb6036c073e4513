-- A row is a block that is not to be read yet.
SELECT id
FROM click_blocks
WHERE live = 0;
