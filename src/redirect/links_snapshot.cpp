#include "redirect/links_snapshot.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "journal/crc32c.h"
#include "journal/disk.h"
#include "link/route.h"
#include "networks/link_entry.h"

// The file: "CANDORLS", version u16, CRC-32C u32 of all that follows, then how many bytes of rare
// things and of plain links there are (two u64), and these. Plain links are the block's own bytes,
// ready for use. Rare things are two epochs and, each behind a count, links that are kept as their
// owner wrote them and planned again when they are read, articles, and ids of replaced links.
// Numbers are little-endian, texts have their length (u32) in front.
namespace candor::redirect {
namespace {

constexpr std::string_view kMagic = "CANDORLS";
constexpr std::uint64_t kVersion = 3;
constexpr std::size_t kSumAt = 8 + 2;
constexpr std::size_t kHeadBytes = kSumAt + 4 + 8 + 8;
/// Written and synced at once: a click's sync behind it waits for no more.
constexpr std::size_t kSliceBytes = std::size_t{4} << 20;

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
  std::int64_t signed_number() { return static_cast<std::int64_t>(number(8)); }
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

void put(std::string& out, const LinkEntry& link) {
  put(out, static_cast<std::uint64_t>(link.id.value), 8);
  put(out, link.slug);
  put(out,
      (link.destination.has_slot ? kHasSlot : 0) |
          (link.state == LinkState::Disabled ? kDisabled : 0) |
          (link.state == LinkState::Direct ? kDirect : 0) |
          (link.keeps_referer ? kKeepsReferer : 0) | (link.plan ? kPlanned : 0),
      1);
  if (link.plan) return put(out, *link.plan);
  put(out, link.destination.before);
  put(out, link.destination.after);
}

std::string encode_rare(const LinkContent& content) {
  std::string out;
  put(out, static_cast<std::uint64_t>(content.since), 8);
  put(out, static_cast<std::uint64_t>(content.epoch), 8);
  put(out, content.rare.size(), 8);
  for (const LinkEntry& link : content.rare) put(out, link);
  put(out, content.articles.size(), 8);
  for (const ArticleEntry& article : content.articles) {
    put(out, static_cast<std::uint64_t>(article.id.value), 8);
    put(out, article.path);
  }
  put(out, content.replaced.size(), 8);
  for (const LinkId id : content.replaced) put(out, static_cast<std::uint64_t>(id.value), 8);
  return out;
}

/// What a plan is made of goes into `link`; how often people had clicked it.
std::int64_t take_plan(Fields& fields, Link& link) {
  link.destination = fields.text();
  link.network = fields.text();
  link.code = static_cast<int>(fields.number(2));
  link.starts_at_ms = fields.signed_number();
  link.expires_at_ms = fields.signed_number();
  link.click_cap = fields.signed_number();
  link.fallback = fields.text();
  link.targeting = fields.text();
  return fields.signed_number();
}

/// Nothing when its plan is not sound.
std::optional<LinkEntry> take_link(Fields& fields, const networks::LinkPatterns& patterns) {
  LinkEntry entry;
  entry.id.value = fields.signed_number();
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

/// False when they are not sound.
bool take_rare(std::string_view bytes, LinkContent& content) {
  Fields fields(bytes);
  const auto each = [&fields](auto take) {
    for (std::uint64_t left = fields.number(8); left > 0 && fields.ok(); --left) take();
  };
  content.since = fields.signed_number();
  content.epoch = fields.signed_number();
  const networks::LinkPatterns patterns;
  each([&] {
    if (auto link = take_link(fields, patterns)) content.rare.push_back(std::move(*link));
  });
  each([&] {
    const ArticleId id{fields.signed_number()};
    content.articles.push_back({id, fields.text()});
  });
  each([&] { content.replaced.push_back({fields.signed_number()}); });
  return fields.ok() && fields.at_end();
}

void write_in_slices(journal::File& out, std::uint64_t at, std::string_view bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kSliceBytes, bytes.size()))) {
    const std::string_view slice = bytes.substr(0, kSliceBytes);
    out.write_at(at, slice);
    out.sync();
    at += slice.size();
  }
}

/// Fills `out` from the file; false when it ends before.
template <class Bytes>
bool read_into(std::istream& in, Bytes& out, std::uint64_t bytes) {
  out.resize(bytes);
  return static_cast<bool>(in.read(out.data(), static_cast<std::streamsize>(bytes)));
}

}  // namespace

std::filesystem::path changes_file(const std::filesystem::path& snapshot) {
  return snapshot.string() + ".changes";
}

void save_links_snapshot(const std::filesystem::path& file, const LinkBlock& block) {
  const std::string rare = encode_rare(block.content());
  const std::string_view plain(block.content().plain.data(), block.content().plain.size());
  std::string sizes;
  put(sizes, rare.size(), 8);
  put(sizes, plain.size(), 8);
  std::string head(kMagic);
  put(head, kVersion, 2);
  put(head, journal::crc32c(plain, journal::crc32c(rare, journal::crc32c(sizes))), 4);
  head += sizes + rare;
  const std::filesystem::path fresh = file.string() + ".new";
  {
    const auto out = journal::real_disk().create(fresh);
    write_in_slices(*out, 0, head);
    write_in_slices(*out, head.size(), plain);
  }
  std::filesystem::rename(fresh, file);
  journal::real_disk().sync_directory(file.has_parent_path() ? file.parent_path() : ".");
}

std::shared_ptr<const LinkBlock> load_links_snapshot(const std::filesystem::path& file,
                                                     std::pmr::memory_resource* memory) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const auto file_bytes = static_cast<std::uint64_t>(std::max<std::streamoff>(in.tellg(), 0));
  in.seekg(0);
  std::string head;
  if (!read_into(in, head, kHeadBytes) || !head.starts_with(kMagic)) return nullptr;
  Fields fields(std::string_view(head).substr(kMagic.size()));
  if (fields.number(2) != kVersion) return nullptr;
  const std::uint64_t checksum = fields.number(4);
  const std::uint64_t rare_bytes = fields.number(8);
  const std::uint64_t plain_bytes = fields.number(8);
  // Added up they might overflow.
  const std::uint64_t rest = file_bytes - kHeadBytes;
  if (rare_bytes > rest || plain_bytes != rest - rare_bytes) return nullptr;
  std::string rare;
  LinkContent content(memory);
  if (!read_into(in, rare, rare_bytes) || !read_into(in, content.plain, plain_bytes))
    return nullptr;
  const std::string_view plain(content.plain.data(), content.plain.size());
  const std::uint32_t sizes = journal::crc32c(std::string_view(head).substr(kSumAt + 4));
  if (journal::crc32c(plain, journal::crc32c(rare, sizes)) != checksum) return nullptr;
  if (!take_rare(rare, content) || !LinkBlock::count_records(content.plain)) return nullptr;
  return std::make_shared<const LinkBlock>(std::move(content));
}

std::shared_ptr<const LinkTable> load_link_table(const std::filesystem::path& snapshot,
                                                 std::pmr::memory_resource* memory) {
  auto base = load_links_snapshot(snapshot, memory);
  if (!base || !base->is_complete()) return nullptr;
  auto changes = load_links_snapshot(changes_file(snapshot), memory);
  if (changes && !base->takes(*changes)) changes.reset();
  return std::make_shared<const LinkTable>(std::move(base), std::move(changes));
}

}  // namespace candor::redirect
