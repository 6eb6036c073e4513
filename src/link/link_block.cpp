#include "link/link_block.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace candor {
namespace {

/// In front of a record's texts. The numbers are the machine's own: a file of them is read where it
/// was written.
struct RecordHead {
  std::int64_t id = 0;
  std::uint16_t slug_bytes = 0;
  std::uint16_t before_bytes = 0;
  std::uint16_t after_bytes = 0;
  LinkState state = LinkState::Active;
  std::uint8_t flags = 0;

  std::size_t record_bytes() const {
    const std::size_t bytes = sizeof(RecordHead) + slug_bytes + before_bytes + after_bytes;
    return (bytes + 7) / 8 * 8;
  }
};
static_assert(sizeof(RecordHead) == 16);

constexpr std::uint8_t kHasSlot = 1;
constexpr std::uint8_t kKeepsReferer = 2;

/// What the index calls a link: the eighth of its record's place, or this and its place among the
/// rare ones.
constexpr std::uint32_t kRare = 1U << 31;

RecordHead head_at(std::span<const char> plain, std::size_t at) {
  RecordHead head;
  std::memcpy(&head, plain.data() + at, sizeof head);
  return head;
}

bool fits_a_record(const FoundLink& link) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint16_t>::max();
  return link.plan == nullptr && link.slug.size() <= kMost &&
         link.destination.before.size() <= kMost && link.destination.after.size() <= kMost;
}

}  // namespace

void LinkContent::add(const LinkEntry& link) {
  const FoundLink view = LinkBlock::view_of(link);
  if (fits_a_record(view))
    add(view);
  else
    rare.push_back(link);
}

void LinkContent::add(const FoundLink& link) {
  const DestinationView& to = link.destination;
  RecordHead head{.id = link.id.value,
                  .slug_bytes = static_cast<std::uint16_t>(link.slug.size()),
                  .before_bytes = static_cast<std::uint16_t>(to.before.size()),
                  .after_bytes = static_cast<std::uint16_t>(to.after.size()),
                  .state = link.state};
  if (to.has_slot) head.flags |= kHasSlot;
  if (link.keeps_referer) head.flags |= kKeepsReferer;
  const std::size_t end = plain.size() + head.record_bytes();
  if (end / 8 >= kRare) throw std::length_error("more links than a table can hold");
  std::array<char, sizeof head> bytes{};
  std::memcpy(bytes.data(), &head, sizeof head);
  plain.insert(plain.end(), bytes.begin(), bytes.end());
  for (const std::string_view text : {link.slug, to.before, to.after})
    plain.insert(plain.end(), text.begin(), text.end());
  plain.resize(end);
}

LinkBlock::LinkBlock(LinkContent content)
    : content_(std::move(content)), replaced_(content_.replaced.begin(), content_.replaced.end()) {
  index_links();
  index_articles();
}

void LinkBlock::index_links() {
  plain_count_ = count_records(content_.plain).value();
  links_ = {link_count(), content_.plain.get_allocator().resource()};
  const auto add = [this](std::uint32_t number) {
    const std::string_view slug = link_at(number).slug;
    links_.add(hash_text(slug), number,
               [&](std::uint32_t other) { return link_at(other).slug == slug; });
  };
  for (std::size_t at = 0; at < content_.plain.size();) {
    const auto number = static_cast<std::uint32_t>(at / 8);
    at += head_at(content_.plain, at).record_bytes();
    add(number);
  }
  for (std::size_t n = 0; n < content_.rare.size(); ++n) add(kRare | static_cast<std::uint32_t>(n));
}

void LinkBlock::index_articles() {
  const auto& articles = content_.articles;
  articles_ = {articles.size(), content_.plain.get_allocator().resource()};
  for (std::uint32_t n = 0; n < articles.size(); ++n)
    articles_.add(hash_text(articles[n].path), n,
                  [&](std::uint32_t other) { return articles[other].path == articles[n].path; });
  articles_by_id_.resize(articles.size());
  std::iota(articles_by_id_.begin(), articles_by_id_.end(), 0U);
  std::ranges::sort(articles_by_id_, {}, [&](std::uint32_t at) { return articles[at].id; });
}

FoundLink LinkBlock::view_of(const LinkEntry& link) {
  return {.id = link.id,
          .slug = link.slug,
          .destination = link.destination.view(),
          .state = link.state,
          .keeps_referer = link.keeps_referer,
          .plan = link.plan.get()};
}

std::optional<std::size_t> LinkBlock::count_records(std::span<const char> plain) {
  std::size_t count = 0;
  for (; !plain.empty(); ++count) {
    if (plain.size() < sizeof(RecordHead)) return std::nullopt;
    const std::size_t bytes = head_at(plain, 0).record_bytes();
    if (bytes > plain.size()) return std::nullopt;
    plain = plain.subspan(bytes);
  }
  return count;
}

FoundLink LinkBlock::plain_link(std::size_t at, std::size_t* next) const {
  const RecordHead head = head_at(content_.plain, at);
  const char* const texts = content_.plain.data() + at + sizeof head;
  if (next != nullptr) *next = at + head.record_bytes();
  return {.id = {head.id},
          .slug = {texts, head.slug_bytes},
          .destination = {.before = {texts + head.slug_bytes, head.before_bytes},
                          .after = {texts + head.slug_bytes + head.before_bytes, head.after_bytes},
                          .has_slot = (head.flags & kHasSlot) != 0},
          .state = head.state,
          .keeps_referer = (head.flags & kKeepsReferer) != 0};
}

FoundLink LinkBlock::link_at(std::uint32_t number) const {
  if ((number & kRare) != 0) return view_of(content_.rare[number & ~kRare]);
  return plain_link(std::size_t{number} * 8);
}

std::optional<FoundLink> LinkBlock::find_link(std::string_view slug, std::uint64_t hash) const {
  const auto number =
      links_.find(hash, [&](std::uint32_t each) { return link_at(each).slug == slug; });
  if (!number) return std::nullopt;
  return link_at(*number);
}

const ArticleEntry* LinkBlock::find_article(std::string_view path, std::uint64_t hash) const {
  const auto number = articles_.find(
      hash, [&](std::uint32_t each) { return content_.articles[each].path == path; });
  return number ? &content_.articles[*number] : nullptr;
}

const ArticleEntry* LinkBlock::find_article(ArticleId id) const {
  const auto& articles = content_.articles;
  const auto found = std::ranges::lower_bound(articles_by_id_, id, {},
                                              [&](std::uint32_t at) { return articles[at].id; });
  if (found == articles_by_id_.end() || articles[*found].id != id) return nullptr;
  return &articles[*found];
}

ArticleId LinkBlock::last_article() const {
  return articles_by_id_.empty() ? ArticleId{} : content_.articles[articles_by_id_.back()].id;
}

bool fits_on(const LinkBlock& older, const LinkBlock& changes) {
  return changes.content().since <= older.content().epoch &&
         older.content().epoch <= changes.content().epoch;
}

LinkContent LinkBlock::merged_with(const LinkBlock& changes,
                                   std::pmr::memory_resource* memory) const {
  const LinkContent& news = changes.content_;
  LinkContent merged(memory);
  merged.since = content_.since;
  merged.epoch = news.epoch;
  merged.plain.reserve(content_.plain.size() + news.plain.size());
  for (std::size_t at = 0; at < content_.plain.size();) {
    const std::size_t begin = at;
    const FoundLink link = plain_link(begin, &at);
    if (changes.replaces(link.id)) continue;
    const char* const record = content_.plain.data() + begin;
    merged.plain.insert(merged.plain.end(), record, record + (at - begin));
  }
  merged.plain.insert(merged.plain.end(), news.plain.begin(), news.plain.end());
  std::ranges::copy_if(content_.rare, std::back_inserter(merged.rare),
                       [&](const LinkEntry& link) { return !changes.replaces(link.id); });
  std::ranges::copy(news.rare, std::back_inserter(merged.rare));
  merged.articles = content_.articles;
  std::ranges::copy_if(
      news.articles, std::back_inserter(merged.articles),
      [last = last_article()](const ArticleEntry& each) { return each.id > last; });
  if (is_complete()) return merged;
  merged.replaced = content_.replaced;
  std::ranges::copy_if(news.replaced, std::back_inserter(merged.replaced),
                       [&](LinkId id) { return !replaces(id); });
  return merged;
}

}  // namespace candor
