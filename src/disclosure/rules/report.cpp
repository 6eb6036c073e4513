#include "disclosure/rules/report.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "disclosure/page/page_facts.h"
#include "disclosure/page/shop_links.h"
#include "disclosure/rules/rule_book.h"
#include "disclosure/rules/rules.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kExcerptBytes = 160;

html::Encoding utf8() { return {"UTF-8", true}; }

/// Bytes of the page as text that can go into any report.
std::string excerpt_of(const PageFacts& facts, ByteRange place) {
  const std::string_view bytes =
      facts.bytes.substr(place.begin, std::min(place.size(), kExcerptBytes));
  return std::string(shortened(html::to_utf8(bytes, facts.encoding), kExcerptBytes));
}

/// The jurisdictions a breach counts in, by how grave it is there.
std::map<Severity, std::vector<std::string>> weigh(const Breach& breach, const Policy& policy) {
  std::map<Severity, std::vector<std::string>> weighed;
  for (const std::string& jurisdiction : policy.jurisdictions) {
    if (!breach.jurisdiction.empty() && breach.jurisdiction != jurisdiction) continue;
    std::optional<Severity> severity = severity_in(rule(breach.rule), jurisdiction);
    // Networks set rules of their own beside the law; they hold wherever the owner is.
    if (const auto network = rule(breach.rule).severities.find(breach.network);
        !breach.network.empty() && network != rule(breach.rule).severities.end())
      severity = std::max(severity.value_or(Severity::Info), network->second);
    if (breach.only_warns && severity) severity = std::min(*severity, Severity::Warn);
    if (breach.lighter && severity) severity = Severity::Info;
    if (severity) weighed[*severity].push_back(jurisdiction);
  }
  return weighed;
}

void add_findings(const PageFacts& facts, const Policy& policy, const Breach& breach,
                  std::vector<RuleFinding>& findings) {
  const RuleText& text = rule(breach.rule);
  for (const auto& [severity, jurisdictions] : weigh(breach, policy)) {
    RuleFinding finding;
    finding.rule = text.id;
    finding.severity = severity;
    finding.place = breach.place;
    finding.excerpt = excerpt_of(facts, breach.place);
    finding.message = html::to_utf8(breach.message, utf8());
    finding.why = text.why;
    finding.fix = text.fix;
    if (jurisdictions.size() == policy.jurisdictions.size() && jurisdictions.size() > 1) {
      finding.jurisdiction = "all";
      findings.push_back(finding);
      continue;
    }
    for (const std::string& jurisdiction : jurisdictions) {
      finding.jurisdiction = jurisdiction;
      findings.push_back(finding);
    }
  }
}

/// Counts lines and the characters in them, from the front of the page to its end.
class PlaceCounter {
 public:
  explicit PlaceCounter(const PageFacts& facts) : facts_(facts) {}

  /// `offset` is never less than the one before.
  void move_to(std::size_t offset) {
    const std::string_view passed = facts_.bytes.substr(at_, offset - at_);
    at_ = offset;
    std::size_t line_begin = 0;
    for (std::size_t end = passed.find('\n'); end != std::string_view::npos;
         end = passed.find('\n', line_begin)) {
      ++line_;
      column_ = 1;
      line_begin = end + 1;
    }
    column_ += characters(passed.substr(line_begin));
  }
  std::size_t line() const { return line_; }
  std::size_t column() const { return column_; }

 private:
  std::size_t characters(std::string_view bytes) const {
    const auto leads = [](std::string_view text) {
      return static_cast<std::size_t>(std::ranges::count_if(
          text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    };
    return facts_.encoding.name == "UTF-8" ? leads(bytes)
                                           : leads(html::to_utf8(bytes, facts_.encoding));
  }

  const PageFacts& facts_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

void number_places(const PageFacts& facts, std::vector<RuleFinding>& findings) {
  PlaceCounter counter(facts);
  for (RuleFinding& finding : findings) {
    counter.move_to(finding.place.begin);
    finding.line = counter.line();
    finding.column = counter.column();
  }
}

std::string_view name_of(Zone zone) {
  switch (zone) {
    case Zone::Content:
      return "content";
    case Zone::Header:
      return "header";
    case Zone::Nav:
      return "nav";
    case Zone::Footer:
      return "footer";
    case Zone::Aside:
      return "aside";
  }
  return "content";
}

std::vector<FoundDisclosure> disclosures_of(const PageFacts& facts) {
  constexpr std::size_t kMost = 100;
  constexpr std::size_t kTextBytes = 200;
  std::vector<FoundDisclosure> found;
  for (const Candidate& each : facts.candidates) {
    if (found.size() == kMost) break;
    std::string wording = name_of(each.wording);
    if (wording == "NONE") continue;
    const std::string text = html::to_utf8(facts.text_of(each), utf8());
    found.push_back({std::move(wording), name_of_hedges(each.wording),
                     std::string(name_of(each.zone)), each.shown, is_effective(facts, each),
                     each.range, std::string(shortened(text, kTextBytes))});
  }
  return found;
}

PageVerdict verdict_in(std::string_view jurisdiction, const AuditReport& report) {
  PageVerdict verdict = report.links.empty() ? PageVerdict::NotApplicable : PageVerdict::Pass;
  const auto raise = [&](PageVerdict to) {
    if (badness(to) > badness(verdict)) verdict = to;
  };
  if (!report.not_evaluated.empty()) raise(PageVerdict::Indeterminate);
  for (const RuleFinding& finding : report.findings) {
    if (finding.jurisdiction != "all" && finding.jurisdiction != jurisdiction) continue;
    if (finding.severity == Severity::Error) raise(PageVerdict::Fail);
    if (finding.severity == Severity::Warn) raise(PageVerdict::Warn);
  }
  return verdict;
}

}  // namespace

int badness(PageVerdict verdict) {
  switch (verdict) {
    case PageVerdict::NotApplicable:
      return 0;
    case PageVerdict::Pass:
      return 1;
    case PageVerdict::Warn:
      return 2;
    case PageVerdict::Indeterminate:
      return 3;
    case PageVerdict::Fail:
      return 4;
  }
  return 4;
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Info:
      return "info";
    case Severity::Warn:
      return "warn";
    case Severity::Error:
      return "error";
  }
  return "error";
}

std::string_view name_of(PageVerdict verdict) {
  switch (verdict) {
    case PageVerdict::NotApplicable:
      return "not-applicable";
    case PageVerdict::Pass:
      return "pass";
    case PageVerdict::Warn:
      return "warn";
    case PageVerdict::Fail:
      return "fail";
    case PageVerdict::Indeterminate:
      return "indeterminate";
  }
  return "indeterminate";
}

namespace {

/// The ad word in front of a title is ours and no part of the article's name.
std::string title_without_label(const PageFacts& facts) {
  const std::string& title = facts.outline.title;
  const auto heading = std::ranges::find_if(
      facts.outline.elements, [](const Element& each) { return each.tag == Tag::H1; });
  if (heading == facts.outline.elements.end()) return title;
  const std::uint32_t next = heading->start_token + 1;
  if (next >= facts.page.tokens.size()) return title;
  const html::Token& token = facts.page.tokens[next];
  const bool ours = token.kind == html::TokenKind::StartTag && facts.page.is(token, "span") &&
                    facts.page.find_attribute(token, "data-candor") != nullptr;
  const std::size_t end = ours ? title.find(": ") : std::string::npos;
  return end == std::string::npos ? title : title.substr(end + 2);
}

}  // namespace

AuditReport report_of(const PageFacts& facts, const Policy& policy) {
  AuditReport report;
  for (const PageLink& link : facts.links.paid) report.links.push_back(link.link);
  report.wholly_paid = pays_wholly(facts, policy);
  report.not_evaluated = facts.not_evaluated;
  report.title = html::to_utf8(title_without_label(facts), utf8());
  report.canonical_url = html::to_utf8(facts.outline.canonical_url, utf8());
  report.language = html::to_utf8(facts.outline.language, utf8());
  Judgement judgement = judge(facts, policy);
  std::ranges::move(judgement.not_evaluated, std::back_inserter(report.not_evaluated));
  for (const Breach& breach : judgement.breaches)
    add_findings(facts, policy, breach, report.findings);
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const RuleFinding& a, const RuleFinding& b) {
                     return a.place.begin != b.place.begin ? a.place.begin < b.place.begin
                                                           : a.rule < b.rule;
                   });
  number_places(facts, report.findings);
  report.disclosures = disclosures_of(facts);
  for (const std::string& jurisdiction : policy.jurisdictions) {
    const PageVerdict verdict = verdict_in(jurisdiction, report);
    report.verdicts.push_back({jurisdiction, verdict});
    if (badness(verdict) > badness(report.verdict)) report.verdict = verdict;
  }
  return report;
}

}  // namespace candor::disclosure
