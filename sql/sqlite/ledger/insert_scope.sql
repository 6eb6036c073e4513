-- A row is a network's report of an account, of which each file is the whole truth of its days.
INSERT INTO scopes (network, report, account)
VALUES (:network, :report, :account);
