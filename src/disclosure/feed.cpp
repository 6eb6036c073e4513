#include "disclosure/feed.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "disclosure/injected_edits.h"
#include "disclosure/page/paid_links.h"
#include "disclosure/wording/disclosure_templates.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// The article an item stands for, when it is of this site.
std::string article_of(const FeedPart& part, const Policy& policy) {
  const auto url = parse_url(part.item_link);
  if (!url) return {};
  const bool own = std::ranges::any_of(policy.site_hosts, [&](const std::string& each) {
    return ascii::equals_ignoring_case(each, url->host);
  });
  return own ? url->path : std::string();
}

Policy policy_for(const FeedPart& part, const Policy& policy, Surface surface) {
  Policy made = policy;
  made.surface = surface;
  made.beacon = {};
  made.choices.stylesheet_url.clear();
  made.choices.footer = false;
  made.choices.replace_legacy = false;
  made.article_path = article_of(part, policy);
  // Readers resolve a relative address against their own pages.
  if (!made.go_prefix.starts_with("http")) made.slug_of = nullptr;
  if (made.language.empty() && knows_language(part.language))
    made.language = primary_subtag(part.language);
  return made;
}

std::string name_of_item(const FeedPart& part) {
  const std::string& name = part.item_title.empty() ? part.item_link : part.item_title;
  return "item \"" + std::string(shortened(name, 80)) + "\": ";
}

std::string spliced(std::string_view bytes, const std::vector<html::Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const html::Edit& edit : edits) {
    out += bytes.substr(at, edit.range.begin - at);
    out += edit.text;
    at = edit.range.end;
  }
  return out += bytes.substr(at);
}

void raise(PageVerdict& verdict, PageVerdict to) {
  if (badness(to) > badness(verdict)) verdict = to;
}

/// Adds what was found in a part to what was found in the feed.
class FeedAudit {
 public:
  FeedAudit(std::string_view feed, const Policy& policy) : feed_(feed) {
    for (const std::string& jurisdiction : policy.jurisdictions)
      report_.verdicts.push_back({jurisdiction, PageVerdict::NotApplicable});
  }

  void add(const FeedPart& part, AuditReport found) {
    std::ranges::move(found.links, std::back_inserter(report_.links));
    constexpr std::size_t kMostDisclosures = 100;
    for (FoundDisclosure& each : found.disclosures) {
      if (report_.disclosures.size() == kMostDisclosures) break;
      each.place = {part.source_of(each.place.begin), part.source_of(each.place.end)};
      report_.disclosures.push_back(std::move(each));
    }
    for (std::string& reason : found.not_evaluated)
      report_.not_evaluated.push_back(name_of_item(part) + reason);
    for (RuleFinding& finding : found.findings) {
      finding.place = {part.source_of(finding.place.begin), part.source_of(finding.place.end)};
      std::tie(finding.line, finding.column) = line_and_column(finding.place.begin);
      finding.message = name_of_item(part) + finding.message;
      report_.findings.push_back(std::move(finding));
    }
    for (std::size_t i = 0; i < report_.verdicts.size() && i < found.verdicts.size(); ++i)
      raise(report_.verdicts[i].verdict, found.verdicts[i].verdict);
  }

  AuditReport take(std::vector<std::string> unread) {
    for (std::string& reason : unread) report_.not_evaluated.push_back(std::move(reason));
    for (JurisdictionVerdict& each : report_.verdicts) {
      if (!report_.not_evaluated.empty()) raise(each.verdict, PageVerdict::Indeterminate);
      raise(report_.verdict, each.verdict);
    }
    return std::move(report_);
  }

 private:
  /// Both from 1; columns are characters.
  std::pair<std::size_t, std::size_t> line_and_column(std::size_t offset) {
    if (offset < counted_) std::tie(counted_, line_, column_) = std::tuple(0U, 1U, 1U);
    for (; counted_ < offset; ++counted_) {
      const char c = feed_[counted_];
      if (c == '\n')
        std::tie(line_, column_) = std::pair(line_ + 1, 1U);
      else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
        ++column_;
    }
    return {line_, column_};
  }

  std::string_view feed_;
  AuditReport report_;
  std::size_t counted_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

class FeedInjection {
 public:
  FeedInjection(std::string_view feed, const Policy& policy)
      : feed_(feed), policy_(policy), read_(feed_parts(feed)) {
    result_.before = audit_feed(feed, policy);
    result_.page = feed;
  }

  InjectResult run() {
    for (const FeedPart& part : read_.parts) disclose(part);
    if (edits_.empty()) {
      result_.after = result_.before;
      if (!refused_.empty()) give_up(refused_);
      if (read_.parts.empty() && !read_.unread.empty()) give_up(read_.unread.front());
      return std::move(result_);
    }
    std::string out = spliced(feed_, edits_);
    if (!reads_as_planned(out)) {
      result_.after = result_.before;
      give_up("the edited feed does not read as the original plus the edits");
      return std::move(result_);
    }
    result_.outcome = InjectOutcome::Changed;
    result_.page = std::move(out);
    result_.edit_count = edits_.size();
    result_.after = audit_feed(result_.page, policy_);
    return std::move(result_);
  }

 private:
  void give_up(const std::string& reason) {
    result_.outcome = InjectOutcome::PassedThrough;
    result_.why_passed_through = reason;
  }

  void disclose(const FeedPart& part) {
    const Policy policy = policy_for(part, policy_, Surface::Page);
    InjectedEdits made = inject_with_edits(part.html, policy);
    for (const std::string& note : made.result.notes)
      result_.notes.push_back(name_of_item(part) + note);
    std::vector<html::Edit> edits;
    if (made.result.outcome == InjectOutcome::PassedThrough)
      refused_ = name_of_item(part) + made.result.why_passed_through;
    else if (made.result.outcome == InjectOutcome::Changed && !part.translate(made.edits, edits))
      refused_ = name_of_item(part) +
                 "an edit would cut a character reference, or leave the element it belongs in";
    else if (made.result.outcome == InjectOutcome::Changed)
      std::ranges::move(edits, std::back_inserter(edits_));
    const bool took = !edits.empty();
    planned_.push_back(took ? std::move(made.result.page) : part.html);
    if (!refused_.empty() && !took && result_.notes.size() < 50 &&
        refused_.starts_with(name_of_item(part)))
      result_.notes.push_back(refused_);
  }

  bool reads_as_planned(std::string_view out) const {
    const FeedParts after = feed_parts(out);
    return after.unread == read_.unread &&
           std::ranges::equal(after.parts, planned_, {}, &FeedPart::html);
  }

  std::string_view feed_;
  const Policy& policy_;
  FeedParts read_;
  std::vector<html::Edit> edits_;
  std::vector<std::string> planned_;
  std::string refused_;
  InjectResult result_;
};

}  // namespace

InjectResult inject_feed(std::string_view feed, const Policy& policy) {
  return FeedInjection(feed, policy).run();
}

AuditReport audit_feed(std::string_view feed, const Policy& policy) {
  FeedParts read = feed_parts(feed);
  FeedAudit found(feed, policy);
  for (const FeedPart& part : read.parts)
    found.add(part, audit(part.html, policy_for(part, policy, Surface::FeedItem)));
  return found.take(std::move(read.unread));
}

}  // namespace candor::disclosure
