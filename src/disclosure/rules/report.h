#pragma once
// What breaks the rules on a page, per jurisdiction: the step that audit and inject share.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

enum class Severity : std::uint8_t { Info, Warn, Error };
std::string_view name_of(Severity severity);

/// NotApplicable: no paid links. Indeterminate: something could not be evaluated; never shown as a
/// pass.
enum class PageVerdict : std::uint8_t { NotApplicable, Pass, Warn, Fail, Indeterminate };
std::string_view name_of(
    PageVerdict verdict);  ///< "not-applicable", "pass", "warn", "fail", "indeterminate"

struct RuleFinding {
  std::string rule;  ///< "CD101"
  Severity severity = Severity::Error;
  /// The jurisdiction whose severity this is; "all" when there are several and every one agrees.
  std::string jurisdiction;
  ByteRange place;  ///< bytes of the page it is about (empty at the page's start when it is about
                    ///< the page)
  std::size_t line = 1;    ///< 1-based line of place.begin
  std::size_t column = 1;  ///< 1-based, in characters of that line
  std::string excerpt;     ///< at most 160 bytes of the page, for people
  std::string message;     ///< what is wrong, with the page's own words
  std::string why;         ///< law or network rule (rules.json)
  std::string fix;
};

struct JurisdictionVerdict {
  std::string jurisdiction;
  PageVerdict verdict = PageVerdict::NotApplicable;
};

/// A text of the page that says something about its links.
struct FoundDisclosure {
  std::string wording;  ///< "EXPLAIN", "ADLABEL", "BARE", ... (see name_of in wording.h)
  std::string hedges;   ///< "H1,H3", or "-"
  std::string zone;     ///< "content", "header", "nav", "footer", "aside"
  bool shown = true;
  bool effective = false;  ///< says enough, in view and before the first paid link
  ByteRange place;
  std::string text;  ///< at most 200 bytes
};

struct AuditReport {
  std::vector<PaidLink> links;               ///< in page order
  std::vector<RuleFinding> findings;         ///< in page order, then by rule
  std::vector<FoundDisclosure> disclosures;  ///< in page order, 100 at most
  std::vector<JurisdictionVerdict> verdicts;
  PageVerdict verdict = PageVerdict::NotApplicable;  ///< the worst of them
  std::vector<std::string> not_evaluated;            ///< why it is indeterminate
  bool wholly_paid = false;   ///< has paid links, and every link to a shop pays
  std::string title;          ///< first h1, else <title>, decoded
  std::string canonical_url;  ///< link rel=canonical, or empty
  std::string language;       ///< html lang, or empty
};

/// How bad a verdict is for the page as a whole: a certain failure outweighs an open question, and
/// an open question outweighs everything that sounds like a pass.
int badness(PageVerdict verdict);

AuditReport report_of(const PageFacts& facts, const Policy& policy);

}  // namespace candor::disclosure
