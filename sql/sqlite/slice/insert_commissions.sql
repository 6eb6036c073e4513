-- A row is a commission by its identity at the network, added by the slice; latest_event 0: nothing is effective yet. With :scope its report tells whole days.
INSERT INTO commissions (id, network, account, identity, latest_event, scope, day)
SELECT r.commission, :network, r.account, r.identity, iif(r.effective, r.event, 0), :scope, r.day
FROM slice_rows AS r
WHERE r.is_new;
