-- A row is a click as its table has it, ids from :from up to before :to, oldest first; those in blocks already are left out.
SELECT id, link, article, placement, visitor, verdict, reason, referrer, user_agent,
  country, device, os, asn_class, language, variant, kind, skew_ms
FROM clicks
WHERE id >= :from AND id < :to
  AND (id < (SELECT from_click FROM click_removal WHERE id = 1) OR id >= (SELECT to_click FROM click_removal WHERE id = 1))
ORDER BY id
LIMIT :limit;
