-- A row is a commission by its identity at the network; its first event follows.
INSERT INTO commissions (network, account, identity, latest_event)
VALUES (:network, :account, :identity, 0);
