#pragma once
// What an owner decides about the wording of disclosures: own texts, confirmed facts, and what else
// goes into pages.
#include <string>
#include <vector>

namespace candor::disclosure {

/// The owner's own texts in one language; an empty one leaves the template's. {site} is the site's
/// name and {label} what paid links are marked with.
struct OwnTexts {
  std::string language;  ///< "de", "en-GB"
  std::string top;       ///< where some shop links do not pay
  std::string top_all;   ///< where every shop link pays
  std::string label;
  std::string footer;

  friend bool operator==(const OwnTexts&, const OwnTexts&) = default;
};

struct Choices {
  /// The owner affirms that readers pay the same price; else no text says so.
  bool same_price = false;
  /// Required statements whose source nobody verified and whose wording the owner confirms:
  /// "amazon-pl".
  std::vector<std::string> confirmed;
  std::vector<OwnTexts> texts;

  friend bool operator==(const Choices&, const Choices&) = default;
};

}  // namespace candor::disclosure
