-- A row is a click between two ids (both excluded), oldest first; :verdict -1, :link 0 and :article 0 mean any.
SELECT clicks.id, link, article, placement, visitor, verdict, reasons.text, referrers.text, user_agents.text
FROM clicks
LEFT JOIN reasons ON reasons.id = clicks.reason
LEFT JOIN referrers ON referrers.id = clicks.referrer
LEFT JOIN user_agents ON user_agents.id = clicks.user_agent
WHERE clicks.id > :after AND clicks.id < :before
  AND (:verdict < 0 OR verdict = :verdict)
  AND (:link = 0 OR link = :link)
  AND (:article = 0 OR article = :article)
ORDER BY clicks.id
LIMIT :limit;
