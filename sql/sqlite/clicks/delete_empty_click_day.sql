-- The row counts clicks of which none are left.
DELETE FROM click_days
WHERE day = :day AND article = :article AND link = :link AND verdict = :verdict AND clicks = 0;
