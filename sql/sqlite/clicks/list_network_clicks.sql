-- A row is a human click on a link of the network, ids from :from up to before :to, oldest first.
SELECT clicks.id, link, article, placement, visitor, verdict, reasons.text, referrers.text, user_agents.text,
  country, device, os, asn_class, languages.text, variant, kind, skew_ms
FROM clicks
LEFT JOIN reasons ON reasons.id = clicks.reason
LEFT JOIN referrers ON referrers.id = clicks.referrer
LEFT JOIN user_agents ON user_agents.id = clicks.user_agent
LEFT JOIN languages ON languages.id = clicks.language
WHERE clicks.id >= :from AND clicks.id < :to
  AND (clicks.id < (SELECT from_click FROM click_removal WHERE id = 1) OR clicks.id >= (SELECT to_click FROM click_removal WHERE id = 1))
  AND verdict = 0
  AND link IN (SELECT links.id FROM links WHERE links.network = :network)
ORDER BY clicks.id
LIMIT :limit;
