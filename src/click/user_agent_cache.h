#pragma once
// All that a user agent alone tells, worked out once for each text that comes again: most readers
// of a site share a few hundred.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "click/bot_filter.h"
#include "click/click.h"
#include "click/reader.h"
#include "click/visitor.h"

namespace candor {

struct UserAgentClass {
  Verdict verdict = Verdict::Human;  ///< Human, Bot or Preview
  std::string reason;                ///< empty for readers
  ReaderClass reader;

  friend bool operator==(const UserAgentClass&, const UserAgentClass&) = default;
};

/// A preview fetcher is one of the bots; its reason is "preview:slack".
UserAgentClass classify_user_agent(const BotFilter& bots, std::string_view user_agent);

/// Remembers up to 4,096 texts; a text goes when four others of its place were asked for since.
/// With user agents of 512 bytes that takes 5 MB. Used by one thread.
class UserAgentCache {
 public:
  /// `bots` must outlive it.
  explicit UserAgentCache(const BotFilter& bots);

  /// Valid until the next call.
  const UserAgentClass& classify(std::string_view user_agent) { return find(user_agent).known; }

  struct Known {
    const UserAgentClass& known;
    SipKey visitors;  ///< visitor_group_key of the salt and this user agent
  };
  /// The same, with the day's key of its readers.
  Known look_up(std::string_view user_agent, const VisitorSalt& salt);
  /// Forgets the keys of any other salt. look_up does it, too, once it is asked.
  void keep_only(const VisitorSalt& salt);

 private:
  struct Entry {
    std::uint64_t used_at = 0;  ///< 0: free
    std::size_t hash = 0;
    std::string text;
    UserAgentClass known;
    SipKey visitors{};
    bool has_key = false;
  };
  using Bucket = std::array<Entry, 4>;

  Entry& find(std::string_view user_agent);

  const BotFilter& bots_;
  VisitorSalt salt_{};
  std::uint64_t calls_ = 0;
  std::vector<Bucket> buckets_;
};

}  // namespace candor
