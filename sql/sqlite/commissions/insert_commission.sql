-- A row is a commission by its identity at the network; :latest_event 0: nothing is effective yet. With :scope its report tells whole days.
INSERT INTO commissions (id, network, account, identity, latest_event, scope, day)
VALUES (:id, :network, :account, :identity, :latest_event, :scope, :day);
