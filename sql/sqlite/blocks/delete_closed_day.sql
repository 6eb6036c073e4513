-- The row is a closed day that has changed and is to be counted anew.
DELETE FROM closed_days
WHERE day = :day;
