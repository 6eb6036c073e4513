-- The rows are the blocks of a day, from now on to be read.
UPDATE click_blocks
SET live = 1
WHERE day = :day AND live = 0;
