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

/// A text of the owner's own for the pages of a category, such as medical advice needs. It stands
/// beside the disclosure and in its place for nothing.
struct Disclaimer {
  std::string category;            ///< "health"
  std::vector<std::string> paths;  ///< of articles, * is any run of characters: "/health/*"
  std::string text;
  std::string language;  ///< of the pages it is for; empty: any

  friend bool operator==(const Disclaimer&, const Disclaimer&) = default;
};

struct Choices {
  /// The owner affirms that readers pay the same price; else no text says so.
  bool same_price = false;
  /// Required statements whose source nobody verified and whose wording the owner confirms:
  /// "amazon-pl".
  std::vector<std::string> confirmed;
  std::vector<OwnTexts> texts;
  std::vector<Disclaimer> disclaimers;
  bool footer = false;         ///< repeat in the page's footer how links are marked
  std::string stylesheet_url;  ///< of Candor's own small stylesheet; empty: pages link none
  /// Take out old disclosures that hedge or say nothing of pay, where they stand on their own.
  bool replace_legacy = false;

  friend bool operator==(const Choices&, const Choices&) = default;
};

}  // namespace candor::disclosure
