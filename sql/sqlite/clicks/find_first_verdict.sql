-- The row is what a click was judged at first, when that was changed: verdict, reason's id and text, time of the change.
SELECT verdict, reason, reasons.text, changed_at_ms
FROM first_verdicts
LEFT JOIN reasons ON reasons.id = first_verdicts.reason
WHERE click = :id;
