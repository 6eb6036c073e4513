-- A row is an answered click; its id holds its time. One already stored stays as it is.
INSERT INTO clicks (
  id, link, article, placement, visitor, verdict, reason, referrer, user_agent,
  country, device, os, asn_class, language, variant, kind, skew_ms)
VALUES (
  :id, :link, :article, :placement, :visitor, :verdict, :reason, :referrer, :user_agent,
  :country, :device, :os, :asn_class, :language, :variant, :kind, :skew_ms)
ON CONFLICT (id) DO NOTHING;
