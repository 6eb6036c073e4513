-- A row is a click between two ids (both excluded), newest first; :verdict -1, :link 0 and :article 0 mean any; so do :country 0
-- and :device -1.
SELECT clicks.id, link, article, placement, visitor, verdict, reasons.text, referrers.text, user_agents.text,
  country, device, os, asn_class, languages.text, variant, kind, skew_ms
FROM clicks
LEFT JOIN reasons ON reasons.id = clicks.reason
LEFT JOIN referrers ON referrers.id = clicks.referrer
LEFT JOIN user_agents ON user_agents.id = clicks.user_agent
LEFT JOIN languages ON languages.id = clicks.language
WHERE clicks.id > :after AND clicks.id < :before
  AND (clicks.id < (SELECT from_click FROM click_removal WHERE id = 1) OR clicks.id >= (SELECT to_click FROM click_removal WHERE id = 1))
  AND (:verdict < 0 OR verdict = :verdict)
  AND (:link = 0 OR link = :link)
  AND (:article = 0 OR article = :article)
  AND (:country = 0 OR country = :country)
  AND (:device < 0 OR device = :device)
ORDER BY clicks.id DESC
LIMIT :limit;
