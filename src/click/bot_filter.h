#pragma once
// Tells programs from readers by their user agent and request headers.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "click/click.h"

namespace candor {

/// Const and thread-safe once built.
class BotFilter {
 public:
  /// Compiles the crawler-user-agents patterns held in the binary and our own shape rules.
  BotFilter();
  ~BotFilter();
  BotFilter(BotFilter&&) noexcept;
  BotFilter& operator=(BotFilter&&) noexcept;

  /// Another one when the rules are: a hash of all of them, in hex.
  static std::string rules_id();

  /// The reason a user agent is a program ("crawler-user-agents:Googlebot\\/"), nothing when it
  /// looks like a reader's.
  std::optional<std::string> find_bot(std::string_view user_agent) const;

  /// Which messenger or social network shows a preview with this user agent ("slack"); empty when
  /// it is none. All of them are bots to find_bot, too.
  std::string_view find_preview(std::string_view user_agent) const;

 private:
  struct Patterns;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace candor
