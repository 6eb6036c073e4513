#pragma once
// The words that go into one page: its language's template or the owner's texts, made strict enough
// for every jurisdiction at once.
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/page/page_facts.h"
#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct Paragraph {
  std::string text;
  std::string language;  ///< empty: the block's
};

struct PageTexts {
  std::string locale;  ///< of the block: "en-GB"
  /// What each paid link carries: "(Ad)", and "(Anzeige)" beside it where one word does not do for
  /// all jurisdictions.
  std::vector<std::string> labels;
  bool labels_first = false;  ///< before the link's text
  std::string statement;      ///< for pages where some shop links pay nobody
  std::string statement_all;  ///< for pages whose every shop link pays
  std::string footer;         ///< how links are marked
  std::string title_label;    ///< "Ad: ", in front of the title of an article whose every shop link
                              ///< pays; empty where no jurisdiction asks for it
};

/// Where regulators want readers to know from the title on (ASA 2022 G22-1153503; LG München I, 1
/// HK O 12576/23; KFTC guideline of December 2024).
bool wants_titles_labelled(std::string_view jurisdiction);

PageTexts texts_for(const Policy& policy, std::string_view page_language);

/// Whom a paid link leads to.
struct PaidTarget {
  std::string network;
  std::string host;  ///< names the marketplace; may be empty
};

/// The sentences that the networks ask for, each once. What the owner should know of them is added
/// to `notes`.
std::vector<Paragraph> required_paragraphs(const std::vector<PaidTarget>& targets,
                                           const Policy& policy, std::string_view locale,
                                           std::vector<std::string>& notes);
/// Those of the page's paid links.
std::vector<Paragraph> required_paragraphs(const PageFacts& facts, const Policy& policy,
                                           std::string_view locale,
                                           std::vector<std::string>& notes);

}  // namespace candor::disclosure
