#pragma once
// Who may ask what: one table of kinds of access, each with the role it takes of a person and the
// scopes that open it to a program.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "store/account_store.h"

namespace candor::api {

enum class Access : std::uint8_t {
  Public,
  Neighbour,    ///< a person, or a program on this machine that asks directly (Prometheus)
  Self,         ///< one's own password, authenticator and sessions
  Read,         ///< what the dashboard shows
  ReadLinks,    ///< the links
  ListLinks,    ///< which links there are: programs that disclose pages ask, too
  ReadReport,   ///< clicks and money per article
  ReadRevenue,  ///< imports and money
  Pages,        ///< disclosing pages
  Links,        ///< changing links
  Revenue,      ///< importing and attributing money
  Owner,        ///< running the site
  People,       ///< users, sessions, tokens and the log of changes: never for a program
  Shared,       ///< what a share link shows
  Postback,     ///< telling of a commission: for networks, with a token in the address
};

/// What a program's token is good for; a share link's only Shared.
enum class Scope : std::uint8_t { Read, Pages, Links, Revenue, Admin, Postback, Shared };

/// A set of scopes.
class Scopes {
 public:
  constexpr Scopes() = default;
  constexpr Scopes(std::initializer_list<Scope> all) {
    for (const Scope each : all) bits_ |= bit(each);
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool overlaps(Scopes other) const { return (bits_ & other.bits_) != 0; }
  constexpr void add(Scope scope) { bits_ |= bit(scope); }
  constexpr bool contains(Scope scope) const { return (bits_ & bit(scope)) != 0; }

 private:
  static constexpr std::uint8_t bit(Scope scope) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(scope));
  }
  std::uint8_t bits_ = 0;
};

/// Whether a person of this role may. What is public is open to nobody in particular, and so to
/// all.
bool opens(store::Role role, Access access);
/// Whether a program with one of these scopes may.
bool opens(Scopes scopes, Access access);

std::string_view name_of(store::Role role);  ///< "viewer", "editor", "owner"
std::optional<store::Role> find_role(std::string_view name);
/// The least role that opens it; nothing: none does.
std::optional<store::Role> least_role(Access access);

/// Words with blanks or commas between; nothing when one is no scope, or there is none.
std::optional<Scopes> parse_scopes(std::string_view text);
/// In the order of the enumerators, with blanks between.
std::string format_scopes(Scopes scopes);

}  // namespace candor::api
