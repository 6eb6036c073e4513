#pragma once
// What a piece of text says about money: whether it explains who is paid, only names affiliate
// links, hedges, denies, or nothing of the kind. Eleven languages, by the patterns of wording.tsv.
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::disclosure {

/// Things a text can say; a text can say several.
enum class Says : std::uint16_t {
  Explain = 1 << 0,        ///< who is paid, for what
  AdLabel = 1 << 1,        ///< a word for advertising where it labels: "Ad:", "Anzeige:"
  Bare = 1 << 2,           ///< names affiliate links, but no money
  Support = 1 << 3,        ///< "support us by shopping"
  LinkText = 1 << 4,       ///< names a disclosure that is somewhere else
  Negation = 1 << 5,       ///< denies: "no affiliate links", "werbefrei"
  Amazon = 1 << 6,         ///< Amazon's sentence, word by word
  AmazonVariant = 1 << 7,  ///< the same with another subject
  AmazonLegacy = 1 << 8,   ///< the older "participant in the ... Associates Program"
  Program = 1 << 9,        ///< names an affiliate programme
  Rejected = 1 << 10,      ///< a label no regulator takes: "sp", "collab"
  AdWordAlone = 1 << 11,   ///< nothing but the ad word, as banners have it
  AdPhrase = 1 << 12,      ///< an ad word about links or the page: "paid links", "#ad"
  LegacyEarns = 1 << 13,   ///< the older form of Amazon's, with its words on fees that are earned
};

enum class Hedge : std::uint8_t {
  Presence = 1 << 0,  ///< H1: "may contain affiliate links"
  Benefit = 1 << 1,   ///< H2: "may earn a commission"
  Quantity = 1 << 2,  ///< H3: "some links", unless they are marked
};

struct Wording {
  std::uint16_t says = 0;
  std::uint8_t hedges = 0;
  std::uint16_t explained_in = 0;  ///< languages it explains in: see language_mask
  std::uint16_t amazon_in = 0;     ///< languages of Amazon's sentences in it

  bool has(Says what) const { return (says & static_cast<std::uint16_t>(what)) != 0; }
  bool has(Hedge what) const { return (hedges & static_cast<std::uint8_t>(what)) != 0; }
  void add(Says what) {
    says = static_cast<std::uint16_t>(says | static_cast<std::uint16_t>(what));
  }
  void add(Hedge what) {
    hedges = static_cast<std::uint8_t>(hedges | static_cast<std::uint8_t>(what));
  }
  bool amazon_statement() const {
    return has(Says::Amazon) || has(Says::AmazonVariant) || has(Says::AmazonLegacy);
  }
  friend bool operator==(const Wording&, const Wording&) = default;
};

/// `utf8` is one block of visible text. Linear in it.
Wording classify(std::string_view utf8);

/// The bit of a language in Wording's masks; 0 for languages without patterns.
std::uint16_t language_mask(std::string_view primary_language);

/// "EXPLAIN", "ADLABEL+EXPLAIN", "BARE", ..., "NONE"; the strongest when a text says several.
std::string name_of(const Wording& wording);
/// "H1,H3", or "-".
std::string name_of_hedges(const Wording& wording);

/// Lower case (Latin letters), typographic quotes and dashes as ASCII, white space folded: how
/// texts are compared everywhere in this module.
std::string fold_text(std::string_view utf8);

}  // namespace candor::disclosure
