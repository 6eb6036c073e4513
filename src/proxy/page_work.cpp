#include "proxy/page_work.h"

#include <sodium.h>

#include <array>
#include <exception>
#include <utility>

#include "disclosure/feed/feed_parts.h"
#include "http/gzip.h"

namespace candor::proxy {
namespace {

using Digest = std::array<unsigned char, 16>;

class Hasher {
 public:
  Hasher() { ::crypto_generichash_init(&state_, nullptr, 0, Digest{}.size()); }
  /// Each part with its length, so that no two lists of parts look alike.
  void add(std::string_view part) {
    const std::size_t size = part.size();
    update(&size, sizeof size);
    update(part.data(), part.size());
  }
  Digest finish() {
    Digest digest{};
    ::crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }

 private:
  void update(const void* bytes, std::size_t size) {
    ::crypto_generichash_update(&state_, static_cast<const unsigned char*>(bytes), size);
  }
  ::crypto_generichash_state state_{};
};

std::string hexadecimal(const Digest& digest) {
  constexpr std::string_view kDigits{"0123456789abcdef"};
  std::string text;
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string digest_of(std::string_view bytes) {
  Hasher hasher;
  hasher.add(bytes);
  return hexadecimal(hasher.finish());
}

/// Without its bytes, which are the origin's.
ReadyPage as_it_came(PageOutcome outcome, std::string why = {}) {
  ReadyPage page;
  page.outcome = outcome;
  page.why = std::move(why);
  return page;
}

ReadyPage edited(const RawPage& raw, disclosure::InjectResult result) {
  switch (result.outcome) {
    case disclosure::InjectOutcome::Unchanged:
      return as_it_came(PageOutcome::Unchanged);
    case disclosure::InjectOutcome::PassedThrough:
      return as_it_came(PageOutcome::Unsafe, std::move(result.why_passed_through));
    case disclosure::InjectOutcome::Changed:
      break;
  }
  const bool pack = raw.coding != Coding::Identity && raw.reader_takes_gzip;
  return {pack ? http::gzip(result.page) : std::move(result.page),
          pack ? Coding::Gzip : Coding::Identity,
          PageOutcome::Disclosed,
          {},
          {}};
}

ReadyPage disclose(const RawPage& raw, const EditPage& edit, std::size_t most_bytes) {
  std::string plain;
  const bool coded = raw.coding != Coding::Identity && !raw.bytes.empty();
  if (coded) {
    auto decoded = decode(raw.coding, raw.bytes, most_bytes);
    if (!decoded && raw.is_sniffed) return as_it_came(PageOutcome::NoFeed);
    if (!decoded)
      return as_it_came(decoded.error() == DecodeError::TooLarge ? PageOutcome::TooLarge
                                                                 : PageOutcome::BrokenBody);
    plain = std::move(*decoded);
  }
  const std::string& text = coded ? plain : raw.bytes;
  if (raw.is_sniffed && !disclosure::is_feed(text)) return as_it_came(PageOutcome::NoFeed);
  return edited(raw, edit(text, raw.context));
}

ReadyPage disclose_or_say_why(const RawPage& raw, const EditPage& edit, std::size_t most_bytes) {
  try {
    return disclose(raw, edit, most_bytes);
  } catch (const std::exception& error) {
    return as_it_came(PageOutcome::Failed, error.what());
  } catch (...) {
    return as_it_came(PageOutcome::Failed, "thrown without a reason");
  }
}

}  // namespace

ReadyPage work_on(RawPage& raw, const EditPage& edit, std::size_t most_bytes) {
  ReadyPage page = disclose_or_say_why(raw, edit, most_bytes);
  const bool ours = page.outcome == PageOutcome::Disclosed;
  page.digest = digest_of(ours ? page.bytes : raw.bytes);
  if (!ours) {
    page.bytes = std::move(raw.bytes);
    page.coding = raw.coding;
  }
  return page;
}

std::string key_of(const RawPage& raw, std::string_view rules) {
  Hasher hasher;
  hasher.add(raw.bytes);
  hasher.add(raw.context.path);
  hasher.add(rules);
  hasher.add(name_of(raw.coding));
  const std::array<char, 4> ways{raw.context.record ? '1' : '0', raw.context.feed ? '1' : '0',
                                 raw.reader_takes_gzip ? '1' : '0', raw.is_sniffed ? '1' : '0'};
  hasher.add({ways.data(), ways.size()});
  const Digest digest = hasher.finish();
  return {digest.begin(), digest.end()};
}

std::shared_ptr<const ReadyPage> PageCache::find(const std::string& key) {
  return kept_.with([&](Kept& kept) -> std::shared_ptr<const ReadyPage> {
    const auto found = kept.by_key.find(key);
    if (found == kept.by_key.end()) return nullptr;
    kept.recent.splice(kept.recent.begin(), kept.recent, found->second);
    return found->second->page;
  });
}

void PageCache::keep(const std::string& key, std::shared_ptr<const ReadyPage> page) {
  kept_.with([&](Kept& kept) {
    if (kept.by_key.contains(key) || page->bytes.size() > most_bytes_ / 4) return;
    const auto slot = kept.by_key.emplace(key, kept.recent.end()).first;
    try {
      kept.recent.push_front({key, page});
    } catch (...) {
      kept.by_key.erase(slot);
      throw;
    }
    slot->second = kept.recent.begin();
    kept.bytes += page->bytes.size();
    while (kept.bytes > most_bytes_) {
      kept.bytes -= kept.recent.back().page->bytes.size();
      kept.by_key.erase(kept.recent.back().key);
      kept.recent.pop_back();
    }
  });
}

}  // namespace candor::proxy
