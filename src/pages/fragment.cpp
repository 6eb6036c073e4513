#include "pages/fragment.h"

#include <algorithm>

#include "html/character_reference.h"

namespace candor::pages {
namespace {

constexpr std::string_view kBodyBegin = "</head><body><article>";
constexpr std::string_view kArticleEnd = "</article>";
constexpr std::string_view kPageEnd = "</body></html>";

std::string page_begin(const FragmentPage& around) {
  std::string text = "<!doctype html><html";
  if (!around.language.empty()) text += " lang=\"" + html::escape_ascii(around.language) + '"';
  text += "><head><meta charset=\"utf-8\">";
  if (!around.title.empty()) text += "<title>" + html::escape_ascii(around.title) + "</title>";
  return text;
}

void move(ByteRange& place, std::size_t by) {
  place.begin -= std::min(place.begin, by);
  place.end -= std::min(place.end, by);
}

/// What stands in front of the fragment is ASCII without line ends.
void move_places(disclosure::AuditReport& report, std::size_t by) {
  for (disclosure::RuleFinding& finding : report.findings) {
    move(finding.place, by);
    if (finding.line == 1) finding.column -= std::min(finding.column - 1, by);
  }
  for (disclosure::FoundDisclosure& found : report.disclosures) move(found.place, by);
}

}  // namespace

std::string page_of_fragment(std::string_view fragment, const FragmentPage& around) {
  std::string page = page_begin(around);
  page.reserve(page.size() + kBodyBegin.size() + fragment.size() + 32);
  page += kBodyBegin;
  page += fragment;
  page += kArticleEnd;
  return page += kPageEnd;
}

void move_to_fragment(disclosure::AuditReport& report, const FragmentPage& around) {
  move_places(report, page_begin(around).size() + kBodyBegin.size());
}

DisclosedFragment cut_fragment(disclosure::InjectResult& result, std::string_view fragment,
                               const FragmentPage& around) {
  const std::string begin = page_begin(around);
  move_places(result.before, begin.size() + kBodyBegin.size());
  const std::string_view page = result.page;
  const std::size_t body = page.find(kBodyBegin, begin.size());
  const std::size_t end = page.rfind(kArticleEnd);
  if (result.outcome != disclosure::InjectOutcome::Changed || body == std::string_view::npos ||
      end == std::string_view::npos || end < body + kBodyBegin.size() ||
      !page.ends_with(kPageEnd)) {
    move_places(result.after, begin.size() + kBodyBegin.size());
    return {std::string(fragment), {}};
  }
  const std::size_t content = body + kBodyBegin.size();
  move_places(result.after, content);
  DisclosedFragment cut;
  cut.head = page.substr(begin.size(), body - begin.size());
  cut.content = page.substr(content, end - content);
  // What went in below the article goes with it.
  const std::size_t below = end + kArticleEnd.size();
  cut.content += page.substr(below, page.size() - kPageEnd.size() - below);
  return cut;
}

}  // namespace candor::pages
