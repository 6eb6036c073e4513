#include "api/fragment_query.h"

#include <algorithm>

#include "api/problem.h"
#include "base/ascii.h"

namespace candor::api {
namespace {

constexpr std::size_t kLanguageMost = 35;  // RFC 5646, 4.4.1
constexpr std::size_t kTitleMost = 1024;

}  // namespace

std::string page_language(const Call& call) {
  std::string language = call.query_value("page_language");
  if (language.size() > kLanguageMost ||
      !std::ranges::all_of(language, [](char c) { return ascii::is_alnum(c) || c == '-'; }))
    throw Problem(422, "page_language is a tag like \"de-DE\".", "page_language");
  return language;
}

pages::FragmentPage page_around(const Call& call) {
  pages::FragmentPage around{page_language(call), call.query_value("title")};
  if (around.title.size() > kTitleMost)
    throw Problem(422, "title is longer than 1,024 bytes.", "title");
  return around;
}

}  // namespace candor::api
