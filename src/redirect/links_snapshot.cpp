#include "redirect/links_snapshot.h"

#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "journal/crc32c.h"
#include "journal/disk.h"
#include "link/route.h"
#include "networks/link_entry.h"

// The file: "CANDORLS", version u16, CRC-32C u32 of all that follows, then a count and the links, a
// count and the articles. Numbers are little-endian, texts have their length (u32) in front. A link
// with a plan is kept as its owner wrote it and planned again when it is read; the others are kept
// ready for use.
namespace candor::redirect {
namespace {

constexpr std::string_view kMagic = "CANDORLS";
constexpr std::uint64_t kVersion = 2;
constexpr std::size_t kHeadBytes = 8 + 2 + 4;

constexpr std::uint64_t kHasSlot = 1;
constexpr std::uint64_t kDisabled = 2;
constexpr std::uint64_t kKeepsReferer = 4;
constexpr std::uint64_t kDirect = 8;
constexpr std::uint64_t kPlanned = 16;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

void put(std::string& out, std::string_view text) {
  put(out, text.size(), 4);
  out += text;
}

void put(std::string& out, const LinkPlan& plan) {
  const Link& link = plan.link;
  put(out, link.destination);
  put(out, link.network);
  put(out, static_cast<std::uint64_t>(link.code), 2);
  put(out, static_cast<std::uint64_t>(link.starts_at_ms), 8);
  put(out, static_cast<std::uint64_t>(link.expires_at_ms), 8);
  put(out, static_cast<std::uint64_t>(link.click_cap), 8);
  put(out, link.fallback);
  put(out, link.targeting);
  put(out, static_cast<std::uint64_t>(plan.human_clicks), 8);
}

/// Takes values off the front; once something is missing, ok() is false and all further values are
/// empty.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number(std::size_t bytes) {
    const std::string_view taken = take(bytes);
    std::uint64_t value = 0;
    for (std::size_t i = taken.size(); i > 0; --i)
      value = (value << 8) | static_cast<unsigned char>(taken[i - 1]);
    return value;
  }
  std::string text() { return std::string(take(number(4))); }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(std::size_t bytes) {
    if (bytes > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }

  std::string_view rest_;
  bool ok_ = true;
};

std::string encode(const LinkTable& table) {
  std::string out;
  put(out, table.links().size(), 8);
  for (const LinkEntry& link : table.links()) {
    put(out, static_cast<std::uint64_t>(link.id.value), 8);
    put(out, link.slug);
    put(out,
        (link.destination.has_slot ? kHasSlot : 0) |
            (link.state == LinkState::Disabled ? kDisabled : 0) |
            (link.state == LinkState::Direct ? kDirect : 0) |
            (link.keeps_referer ? kKeepsReferer : 0) | (link.plan ? kPlanned : 0),
        1);
    if (link.plan) {
      put(out, *link.plan);
    } else {
      put(out, link.destination.before);
      put(out, link.destination.after);
    }
  }
  put(out, table.articles().size(), 8);
  for (const ArticleEntry& article : table.articles()) {
    put(out, static_cast<std::uint64_t>(article.id.value), 8);
    put(out, article.path);
  }
  return out;
}

/// What a plan is made of goes into `link`; how often people had clicked it.
std::int64_t take_plan(Fields& fields, Link& link) {
  const auto moment = [&fields] { return static_cast<std::int64_t>(fields.number(8)); };
  link.destination = fields.text();
  link.network = fields.text();
  link.code = static_cast<int>(fields.number(2));
  link.starts_at_ms = moment();
  link.expires_at_ms = moment();
  link.click_cap = moment();
  link.fallback = fields.text();
  link.targeting = fields.text();
  return moment();
}

/// Nothing when its plan is not sound.
std::optional<LinkEntry> take_link(Fields& fields, const networks::LinkPatterns& patterns) {
  LinkEntry entry;
  entry.id.value = static_cast<std::int64_t>(fields.number(8));
  entry.slug = fields.text();
  const std::uint64_t bits = fields.number(1);
  entry.destination.has_slot = (bits & kHasSlot) != 0;
  entry.state = (bits & kDirect) != 0     ? LinkState::Direct
                : (bits & kDisabled) != 0 ? LinkState::Disabled
                                          : LinkState::Active;
  entry.keeps_referer = (bits & kKeepsReferer) != 0;
  if ((bits & kPlanned) == 0) {
    entry.destination.before = fields.text();
    entry.destination.after = fields.text();
    return entry;
  }
  Link link;
  link.id = entry.id;
  link.slug = entry.slug;
  link.state = entry.state;
  const std::int64_t human_clicks = take_plan(fields, link);
  return networks::make_link_entry(patterns, link, human_clicks);
}

std::optional<LinkTable> decode(std::string_view payload) {
  Fields fields(payload);
  std::vector<LinkEntry> links;
  const networks::LinkPatterns patterns;
  for (std::uint64_t left = fields.number(8); left > 0 && fields.ok(); --left)
    if (auto link = take_link(fields, patterns)) links.push_back(std::move(*link));
  std::vector<ArticleEntry> articles;
  for (std::uint64_t left = fields.number(8); left > 0 && fields.ok(); --left) {
    ArticleEntry article;
    article.id.value = static_cast<std::int64_t>(fields.number(8));
    article.path = fields.text();
    articles.push_back(std::move(article));
  }
  if (!fields.ok() || !fields.at_end()) return std::nullopt;
  return LinkTable(std::move(links), std::move(articles));
}

}  // namespace

void save_links_snapshot(const std::filesystem::path& file, const LinkTable& table) {
  const std::string payload = encode(table);
  std::string head(kMagic);
  put(head, kVersion, 2);
  put(head, journal::crc32c(payload), 4);
  const std::filesystem::path fresh = file.string() + ".new";
  {
    const auto out = journal::real_disk().create(fresh);
    out->write_at(0, head);
    out->write_at(head.size(), payload);
    out->sync();
  }
  std::filesystem::rename(fresh, file);
  journal::real_disk().sync_directory(file.has_parent_path() ? file.parent_path() : ".");
}

std::optional<LinkTable> load_links_snapshot(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!bytes.starts_with(kMagic) || bytes.size() < kHeadBytes) return std::nullopt;
  Fields head(std::string_view(bytes).substr(kMagic.size(), kHeadBytes - kMagic.size()));
  if (head.number(2) != kVersion) return std::nullopt;
  const std::uint64_t checksum = head.number(4);
  const std::string_view payload = std::string_view(bytes).substr(kHeadBytes);
  if (journal::crc32c(payload) != checksum) return std::nullopt;
  return decode(payload);
}

}  // namespace candor::redirect
