#pragma once
// What a worker does to a page on its way through: its coding off, the disclosure in, the coding on
// again.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/guarded.h"
#include "disclosure/inject.h"
#include "proxy/codings.h"

namespace candor::proxy {

/// Which page it is.
struct PageContext {
  std::string path{};   ///< empty: only the page can say which article it is
  bool record = false;  ///< it is an article's own: what it links to is adopted and recorded
  bool feed = false;    ///< RSS or Atom
  /// The text of a stylesheet of the site, by its URL.
  std::function<std::optional<std::string>(std::string_view url)> stylesheet{};
};

/// How pages are disclosed; callable from any thread. Throws when it cannot; the page then goes out
/// as the origin sent it.
using EditPage =
    std::function<disclosure::InjectResult(std::string_view page, const PageContext& context)>;

struct RawPage {
  std::string bytes;  ///< as the origin sent them
  Coding coding = Coding::Identity;
  PageContext context{};
  bool reader_takes_gzip = false;
  bool is_sniffed = false;  ///< XML of any kind: only a feed's root makes it one
};

enum class PageOutcome : std::uint8_t {
  Disclosed,
  Unchanged,   ///< nothing to do
  TooLarge,    ///< once its coding was off
  Unsafe,      ///< could not be edited without touching what is the owner's
  Failed,      ///< by us: the origin's bytes go out
  NoFeed,      ///< sniffed, and nothing of ours
  BrokenBody,  ///< its coding does not hold: nothing goes out
};

struct ReadyPage {
  std::string bytes;
  Coding coding = Coding::Identity;
  PageOutcome outcome = PageOutcome::Unchanged;
  std::string why;     ///< when Unsafe or Failed
  std::string digest;  ///< of the bytes, as text
};

/// What `edit` throws makes the page Failed. Throws for lack of memory alone; `raw` still has its
/// bytes then.
ReadyPage work_on(RawPage& raw, const EditPage& edit, std::size_t most_bytes);

/// Names a page and everything its outcome depends on, but for the origin's rules.
std::string key_of(const RawPage& raw, std::string_view rules);

/// Pages as they went out, good while their key is. Any thread.
class PageCache {
 public:
  explicit PageCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  std::shared_ptr<const ReadyPage> find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const ReadyPage> page);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const ReadyPage> page;
  };
  struct Kept {
    std::list<Entry> recent;  // the latest used first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key;
    std::size_t bytes = 0;
  };
  std::size_t most_bytes_;
  Guarded<Kept> kept_;
};

}  // namespace candor::proxy
