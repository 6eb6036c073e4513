// One measured pass over a set of pages for each line on standard input, so that whoever drives it
// can take turns with other programs.
//   page_bench FOLDER     the *.html pages of a folder, all held in memory
// Lines: memchr, tokenise, rewrite, audit, inject, inject-planted. Answers are JSON, one line each:
// the processor time of the pass and of each page, and what was done to the page.
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/inject.h"
#include "html/edit.h"
#include "html/tokenizer.h"

namespace candor {
namespace {

constexpr std::string_view kBlock =
    "<div data-candor=\"disclosure\" role=\"note\"><p>We earn a commission when you buy through "
    "links on this page.</p></div>\n";
constexpr std::string_view kPlanted =
    "<p><a href=\"https://www.amazon.com/dp/B000000000?tag=example-20\">A kettle</a></p>";

double seconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct SavedPage {
  std::string name;
  std::string bytes;
  std::string planted;  ///< with a paid link behind its middle paragraph; empty: it has none
};

std::string with_paid_link(const std::string& bytes) {
  const html::Page page = html::tokenize(bytes);
  std::vector<std::size_t> places;
  for (const html::Token& token : page.tokens)
    if (token.kind == html::TokenKind::EndTag && page.is(token, "p") && !token.foreign &&
        token.range.end < page.certain_until)
      places.push_back(token.range.end);
  if (places.empty()) return {};
  std::string planted = bytes;
  planted.insert(places[places.size() / 2], kPlanted);
  return planted;
}

std::vector<SavedPage> read_pages(const std::filesystem::path& folder) {
  std::vector<SavedPage> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    std::string planted = with_paid_link(bytes);
    pages.push_back({entry.path().filename().string(), std::move(bytes), std::move(planted)});
  }
  std::ranges::sort(pages, {}, &SavedPage::name);
  return pages;
}

/// What a pass did with a page, so that no work can be optimised away: a count, of any kind.
using Step = std::function<std::size_t(const SavedPage&)>;

std::size_t count_opening(const SavedPage& page) {
  std::size_t count = 0;
  const char* at = page.bytes.data();
  const char* const end = at + page.bytes.size();
  while ((at = static_cast<const char*>(
              std::memchr(at, '<', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++count;
    ++at;
  }
  return count;
}

std::size_t tokenise(const SavedPage& page) {
  const html::Page read = html::tokenize(page.bytes);
  return read.tokens.size() + read.attributes.size();
}

/// What users of rewriters do: every link gets another href and rel, and a block goes into the
/// body. The output is verified.
std::size_t rewrite(const SavedPage& page) {
  const html::Page read = html::tokenize(page.bytes);
  html::EditList edits(read);
  std::string href;
  bool in_body = false;
  for (const html::Token& token : read.tokens) {
    if (token.range.begin >= read.certain_until) break;
    if (token.kind != html::TokenKind::StartTag || token.foreign) continue;
    if (read.is(token, "a") && read.find_attribute(token, "href") != nullptr) {
      href = "https://example.com/go/" + std::to_string(edits.size());
      edits.set_attribute(token, "href", href);
      edits.set_attribute(token, "rel", "sponsored nofollow");
    } else if (!in_body && read.is(token, "body")) {
      in_body = true;
      edits.insert_markup(token.range.end, std::string(kBlock));
    }
  }
  const auto edited = edits.apply();
  if (!edited) {
    std::cerr << page.name << ": " << html::message_of(edited.error()) << '\n';
    std::exit(1);
  }
  return edits.size();
}

disclosure::Policy policy() {
  disclosure::Policy policy;
  policy.site_name = "Example";
  policy.jurisdictions = {"US", "UK", "DE"};
  return policy;
}

std::size_t audit(const SavedPage& page) {
  return disclosure::audit(page.bytes, policy()).findings.size();
}

std::size_t inject(const SavedPage& page) {
  return disclosure::inject(page.bytes, policy()).edit_count;
}

std::size_t inject_planted(const SavedPage& page) {
  return page.planted.empty() ? 0 : disclosure::inject(page.planted, policy()).edit_count;
}

nlohmann::json measure(const Step& step, const std::vector<SavedPage>& pages, bool planted) {
  nlohmann::json took = nlohmann::json::array();
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (const SavedPage& page : pages) {
    if (planted && page.planted.empty()) continue;
    const double begin = seconds(CLOCK_THREAD_CPUTIME_ID);
    const std::size_t did = step(page);
    took.push_back({{"name", page.name},
                    {"bytes", (planted ? page.planted : page.bytes).size()},
                    {"ms", (seconds(CLOCK_THREAD_CPUTIME_ID) - begin) * 1e3},
                    {"did", did}});
  }
  return {{"cpu_s", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu}, {"pages", std::move(took)}};
}

int run(const std::filesystem::path& folder) {
  const std::map<std::string, Step> steps{
      {"memchr", count_opening}, {"tokenise", tokenise}, {"rewrite", rewrite},
      {"audit", audit},          {"inject", inject},     {"inject-planted", inject_planted}};
  const std::vector<SavedPage> pages = read_pages(folder);
  for (std::string line; std::getline(std::cin, line);) {
    const auto step = steps.find(line);
    if (step == steps.end()) return 2;
    std::cout << measure(step->second, pages, line == "inject-planted").dump() << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace candor

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  return candor::run(argv[1]);
}
