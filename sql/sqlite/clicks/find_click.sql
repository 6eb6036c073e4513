-- The row is the click with the id.
SELECT clicks.id, link, article, placement, visitor, verdict, reasons.text, referrers.text, user_agents.text,
  country, device, os, asn_class, languages.text, variant, kind, skew_ms
FROM clicks
LEFT JOIN reasons ON reasons.id = clicks.reason
LEFT JOIN referrers ON referrers.id = clicks.referrer
LEFT JOIN user_agents ON user_agents.id = clicks.user_agent
LEFT JOIN languages ON languages.id = clicks.language
WHERE clicks.id = :id;
