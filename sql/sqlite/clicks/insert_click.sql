-- A row is an answered click; its id holds its time. One already stored stays as it is.
INSERT INTO clicks (id, link, article, placement, visitor, verdict, reason, referrer, user_agent)
VALUES (:id, :link, :article, :placement, :visitor, :verdict, :reason, :referrer, :user_agent)
ON CONFLICT (id) DO NOTHING;
