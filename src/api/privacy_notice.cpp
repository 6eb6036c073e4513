#include "api/privacy_notice.h"

#include <fmt/format.h>

namespace candor::api {
namespace {

using Paragraphs = std::vector<std::string>;

/// "Awin, Impact and CJ"
std::string enumerated(const std::vector<std::string>& names, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? fmt::format(" {} ", last_word) : ", ";
    text += names[i];
  }
  return text;
}

bool is_off(PrivacySwitch value) { return value == PrivacySwitch::Off; }
bool asks(PrivacySwitch value) { return value == PrivacySwitch::Consent; }

std::string visitors_english(PrivacySwitch visitors) {
  if (is_off(visitors))
    return "We keep no identifier of you: clicks of one reader cannot be linked to each other.";
  return fmt::format(
      "{} click also carries a pseudonymous visitor key: a keyed hash of your IP address, your "
      "browser's description and a secret that changes every day. It tells repeated clicks apart "
      "within one day; the secret is destroyed after 48 hours at most, and then nobody can compute "
      "the key again.",
      asks(visitors) ? "If you consented (the cookie candor_consent or wp_consent_statistics), a"
                     : "A");
}

std::string tokens_english(const PrivacyFacts& facts) {
  const PrivacySwitch tokens = facts.switches.click_token;
  if (is_off(tokens)) return "We add no identifier of your click to the links that lead to shops.";
  const std::string networks = facts.token_networks.empty()
                                   ? "the affiliate network that the link belongs to"
                                   : enumerated(facts.token_networks, "and");
  return fmt::format(
      "{} a random-looking number of this one click is added to the link and goes to {}, which "
      "returns it with a sale, so that we know which article it came from. It is a different one "
      "for each click. What these networks keep is in their own privacy notices.",
      asks(tokens) ? "If you consented (the cookie candor_consent or wp_consent_marketing),"
                   : "When you follow such a link,",
      networks);
}

std::string beacon_english(const PrivacyFacts& facts) {
  const PrivacySwitch beacon = facts.switches.beacon;
  if (is_off(beacon))
    return "Links to shops that do not lead through our own address (such as Amazon's) are not "
           "counted, and no script of ours runs in our pages for that.";
  return fmt::format(
      "{} script of our own tells our server, and nobody else, when you follow a link that leads "
      "straight to a shop{}, and that an article was in view for a second{}. It sets no cookie and "
      "stores nothing on your device. Clicks are kept as described above; views are only counted "
      "per day and article, without anything about you.",
      asks(beacon) ? "If you consented (the cookie candor_consent or wp_consent_statistics), a"
                   : "A",
      facts.direct_networks.empty()
          ? ""
          : fmt::format(" ({})", enumerated(facts.direct_networks, "and")),
      facts.impressions ? ", and which of those links came into view" : "");
}

Paragraphs english(const PrivacyFacts& facts) {
  return {
      fmt::format(
          "{} earns money with links to shops. When you follow one, our own server keeps: "
          "the time, the link, the page you came from (its address without parameters), your "
          "browser's description (user agent), your device class, operating system, "
          "preferred language and, where it is known, country, and whether the click came "
          "from a person or a program. Your IP address is used for the moment of the "
          "request and is never stored or logged by this software. It sets no cookie.",
          facts.site),
      visitors_english(facts.switches.visitors), tokens_english(facts), beacon_english(facts),
      "Clicks and daily counts have no end of storage set; clicks are on our own server and are "
      "given to nobody."};
}

std::string visitors_german(PrivacySwitch visitors) {
  if (is_off(visitors))
    return "Wir speichern keine Kennung von Ihnen: Klicks derselben Person lassen sich nicht "
           "miteinander verknüpfen.";
  return fmt::format(
      "{} ein pseudonymer Besucherschlüssel gespeichert: ein Hashwert aus Ihrer IP-Adresse, der "
      "Beschreibung Ihres Browsers und einem Geheimnis, das täglich wechselt. Er erkennt "
      "wiederholte Klicks innerhalb eines Tages; das Geheimnis wird spätestens nach 48 Stunden "
      "vernichtet, danach kann niemand den Schlüssel erneut berechnen.",
      asks(visitors) ? "Wenn Sie eingewilligt haben (Cookie candor_consent oder "
                       "wp_consent_statistics), wird zu jedem Klick"
                     : "Zu jedem Klick wird");
}

std::string tokens_german(const PrivacyFacts& facts) {
  const PrivacySwitch tokens = facts.switches.click_token;
  if (is_off(tokens)) return "Links zu Händlern fügen wir keine Kennung Ihres Klicks hinzu.";
  const std::string networks = facts.token_networks.empty()
                                   ? "das Partnernetzwerk, zu dem der Link gehört,"
                                   : enumerated(facts.token_networks, "und");
  return fmt::format(
      "{} eine zufällig aussehende Nummer dieses einen Klicks an den Link angehängt und geht an "
      "{}; mit einem Kauf kommt sie zu uns zurück, sodass wir wissen, aus welchem Artikel er "
      "stammt. Sie ist bei jedem Klick eine andere. Was diese Netzwerke speichern, steht in deren "
      "eigenen Datenschutzhinweisen.",
      asks(tokens) ? "Wenn Sie eingewilligt haben (Cookie candor_consent oder "
                     "wp_consent_marketing), wird"
                   : "Folgen Sie einem solchen Link, wird",
      networks);
}

std::string beacon_german(const PrivacyFacts& facts) {
  const PrivacySwitch beacon = facts.switches.beacon;
  if (is_off(beacon))
    return "Links zu Händlern, die nicht über unsere eigene Adresse führen (etwa zu Amazon), "
           "werden "
           "nicht gezählt; dafür läuft auf unseren Seiten auch kein Skript von uns.";
  return fmt::format(
      "{} ein eigenes Skript unserem Server, und niemandem sonst, wenn Sie einem Link folgen, der "
      "unmittelbar zu einem Händler führt{}, und dass ein Artikel eine Sekunde lang zu sehen "
      "war{}. "
      "Es setzt kein Cookie und speichert nichts auf Ihrem Gerät. Klicks werden wie oben "
      "beschrieben gespeichert; Aufrufe werden nur je Tag und Artikel gezählt, ohne Angaben über "
      "Sie.",
      asks(beacon) ? "Wenn Sie eingewilligt haben (Cookie candor_consent oder "
                     "wp_consent_statistics), meldet"
                   : "Es meldet",
      facts.direct_networks.empty()
          ? ""
          : fmt::format(" ({})", enumerated(facts.direct_networks, "und")),
      facts.impressions ? ", und welche dieser Links zu sehen waren" : "");
}

Paragraphs german(const PrivacyFacts& facts) {
  return {
      fmt::format("{} verdient Geld mit Links zu Händlern. Folgen Sie einem, speichert unser "
                  "eigener Server: die Zeit, den Link, die Seite, von der Sie kommen (deren "
                  "Adresse ohne Parameter), die Beschreibung Ihres Browsers (User-Agent), "
                  "Geräteklasse, Betriebssystem, bevorzugte Sprache und, soweit bekannt, das Land, "
                  "sowie ob der Klick von einem Menschen oder einem Programm kam. Ihre IP-Adresse "
                  "wird nur für den Augenblick der Anfrage verwendet und von dieser Software nie "
                  "gespeichert oder protokolliert. Sie setzt kein Cookie.",
                  facts.site),
      visitors_german(facts.switches.visitors), tokens_german(facts), beacon_german(facts),
      "Für Klicks und Tageszahlen ist keine Löschfrist gesetzt; Klicks liegen auf unserem eigenen "
      "Server und werden an niemanden weitergegeben."};
}

}  // namespace

std::vector<std::string> privacy_notice(const PrivacyFacts& facts, NoticeLanguage language) {
  return language == NoticeLanguage::German ? german(facts) : english(facts);
}

}  // namespace candor::api
