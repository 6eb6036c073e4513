#pragma once
// Who asks: a person with a session, a program with a token, or whoever sits at the machine.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/access.h"
#include "http/message.h"

namespace candor::api {

struct Call;

struct Identity {
  enum class Kind : std::uint8_t {
    Nobody,
    Terminal,  ///< through the Unix socket, which is open to the data directory's owner alone
    Person,
    Program,
    Guest,  ///< with a share link
  };
  Kind kind = Kind::Nobody;
  std::string name{};    ///< the user's, the token's, or the share link's
  store::UserId user{};  ///< the person; at the terminal the first owner
  store::Role role = store::Role::Viewer;
  Scopes scopes{};
  std::string session_hash{};
  bool by_link = false;  ///< the session began with a one-time link
  std::int64_t signed_in_at_ms = 0;
  std::optional<store::Share> share{};
};

/// As the log of changes names it: "anna", "token wordpress", "terminal".
std::string log_name(const Identity& who);

/// By the Unix socket or the session's cookie; Nobody when neither tells.
Identity identify(Call& call);

/// The client's address. A proxy on this machine tells it as the last entry of X-Forwarded-For.
std::string address_of(const http::Request& request);

/// Ends of sessions: unused, or used all along.
inline constexpr std::int64_t kSessionIdleMs = 7LL * 24 * 60 * 60 * 1000;
inline constexpr std::int64_t kSessionLifeMs = 30LL * 24 * 60 * 60 * 1000;

}  // namespace candor::api
