#include "attribution/suggest.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/ascii.h"

namespace candor::attribution {
namespace {

constexpr std::size_t kLeastLetters = 3;
constexpr std::size_t kLeastStem = 4;

std::string core_of(std::string_view text) {
  std::string core;
  for (const char c : text)
    if (ascii::is_alnum(c)) core += ascii::lower(c);
  return core;
}

std::string_view last_segment(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  path = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return path.substr(0, path.rfind('.'));  // "kettles.html"
}

std::vector<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && ascii::is_alnum(text[i])) {
      word += ascii::lower(text[i]);
      continue;
    }
    if (word.size() >= kLeastLetters) words.insert(word);
    word.clear();
  }
  return {words.begin(), words.end()};
}

bool is_same_word(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a == b || (a.size() >= kLeastStem && b.size() <= a.size() + 2 && b.starts_with(a));
}

std::string_view without_marketplace(std::string_view text) {
  const std::size_t hyphen = text.rfind('-');
  return hyphen == std::string_view::npos ? text : text.substr(0, hyphen);
}

}  // namespace

NameMatcher::NameMatcher(std::span<const KnownArticle> articles) {
  articles_.reserve(articles.size());
  for (const KnownArticle& article : articles)
    articles_.push_back({article, core_of(article.path), core_of(last_segment(article.path)),
                         words_of(article.path)});
}

std::vector<NamedAlike> NameMatcher::find(std::string_view text, std::size_t limit) const {
  std::set<std::string> cores{core_of(text), core_of(without_marketplace(text))};
  std::erase_if(cores, [](const std::string& core) { return core.size() < kLeastLetters; });
  std::vector<NamedAlike> found;
  for (const Named& each : articles_)
    found.push_back({each.article.article, each.article.path,
                     cores.contains(each.core) || cores.contains(each.end), 0});
  for (const std::string& word : words_of(text)) {
    std::vector<std::size_t> having;
    for (std::size_t i = 0; i < articles_.size(); ++i)
      if (std::ranges::any_of(articles_[i].words,
                              [&](const std::string& each) { return is_same_word(each, word); }))
        having.push_back(i);
    if (having.size() > std::max<std::size_t>(3, articles_.size() / 4)) continue;
    for (const std::size_t i : having) ++found[i].shared_words;
  }
  std::erase_if(found, [](const NamedAlike& each) { return !each.same && each.shared_words == 0; });
  std::ranges::sort(found, [](const NamedAlike& a, const NamedAlike& b) {
    return std::tuple(!a.same, b.shared_words, std::string_view(a.path)) <
           std::tuple(!b.same, a.shared_words, std::string_view(b.path));
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace candor::attribution
