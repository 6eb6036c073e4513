-- The row holds the highest event and commission there are, staged ones too.
SELECT (SELECT coalesce(max(id), 0) FROM commission_events), (SELECT coalesce(max(id), 0) FROM commissions);
