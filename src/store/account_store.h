#pragma once
// The people who sign in, their sessions and one-time links, the programs with tokens, and the log
// of what they changed. Secrets are stored as hashes only, but for an authenticator's key, which
// both sides must know. Callable from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace candor::store {

using UserId = StrongId<struct UserIdTag>;

/// Each may do what the one before it may.
enum class Role : std::uint8_t { Viewer, Editor, Owner };

/// A person. The first one, named "owner", is there from the beginning.
struct User {
  UserId id;
  std::string name;  ///< a word or an e-mail address, in lower case
  Role role = Role::Viewer;
  std::string password_hash;   ///< argon2id string; empty: none set
  std::string totp_secret;     ///< base32; empty: no authenticator
  std::string totp_pending;    ///< base32 of a key that was shown and not confirmed
  std::int64_t totp_step = 0;  ///< the newest 30 s whose code was used
  std::int64_t created_at_ms = 0;
  std::string email{};  ///< in lower case; empty: none
};

struct Session {
  std::string token_hash;  ///< BLAKE2b-256 hex of the session token
  UserId user{1};
  std::int64_t created_at_ms = 0;
  std::int64_t seen_at_ms = 0;
  bool by_link = false;  ///< signed in with a one-time link
  std::string address{};
  std::string agent{};  ///< the browser, in its own words
};

/// Signs its user in once.
struct OneTimeToken {
  std::string token_hash;  ///< BLAKE2b-256 hex
  UserId user{1};
  std::int64_t expires_at_ms = 0;
  bool from_terminal = false;  ///< made by somebody who has the machine anyway
};

/// A program of the owner's that may ask a part of the API.
struct ApiToken {
  std::string name;        ///< the owner's word for it: "wordpress"
  std::string token_hash;  ///< BLAKE2b-256 hex of the token
  std::string scope;       ///< words with a blank between: "links pages"
  std::int64_t created_at_ms = 0;
  std::optional<std::int64_t> used_at_ms;  ///< about when it was last used; nothing: never
  std::optional<std::int64_t> expires_at_ms{};
};

/// A change, or a login.
struct LogEntry {
  std::int64_t id = 0;
  std::int64_t at_ms = 0;
  std::string who;      ///< "anna", "token wordpress", "terminal"
  std::string address;  ///< empty: this machine
  std::string action;   ///< "PATCH /api/v1/links/{slug}"
  std::string subject;  ///< "kettle"
  std::string changes;  ///< JSON {"member": {"from", "to"}}; empty: not told
};

/// What a request was answered, for its sender to ask again.
struct AnsweredRequest {
  std::string key_hash;      ///< BLAKE2b-256 hex of who asked, and of the key they gave it
  std::string request_hash;  ///< BLAKE2b-256 hex of what was asked
  int status = 0;
  std::string body;  ///< empty also where it may not be kept
  std::int64_t at_ms = 0;
};

/// A link that shows one report to whoever has it.
struct Share {
  std::string name;      ///< the owner's word for it
  std::string key_hash;  ///< BLAKE2b-256 hex
  std::string report;    ///< "articles", "article"
  std::string segment;   ///< JSON: which part of it
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::optional<std::int64_t> used_at_ms;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual std::optional<User> find_user(UserId id) const = 0;
  virtual std::optional<User> find_user(std::string_view name) const = 0;
  virtual std::vector<User> list_users() const = 0;  ///< by name
  /// Nothing when the name is taken. Without a password.
  virtual std::optional<User> add_user(std::string_view name, Role role, std::int64_t now_ms) = 0;
  /// False, and nothing changed, when no owner would be left.
  virtual bool set_role(UserId id, Role role) = 0;
  /// With all sessions and links. False when no owner would be left.
  virtual bool remove_user(UserId id) = 0;
  virtual void set_password_hash(UserId id, std::string_view hash) = 0;
  virtual void set_email(UserId id, std::string_view email) = 0;
  virtual void set_totp(UserId id, std::string_view secret, std::string_view pending) = 0;
  /// True once for each step, and never for one before a used one.
  virtual bool use_totp_step(UserId id, std::int64_t step) = 0;
  /// Instead of those there were.
  virtual void set_recovery_codes(UserId id, const std::vector<std::string>& code_hashes) = 0;
  /// True once for each.
  virtual bool take_recovery_code(UserId id, std::string_view code_hash) = 0;
  virtual std::size_t count_recovery_codes(UserId id) const = 0;

  virtual void add_one_time_token(const OneTimeToken& token) = 0;
  virtual std::optional<OneTimeToken> find_one_time_token(std::string_view token_hash) const = 0;
  /// True once for a live token; it is gone afterwards.
  virtual bool take_one_time_token(std::string_view token_hash, std::int64_t now_ms) = 0;
  virtual void remove_one_time_tokens_of(UserId user) = 0;

  virtual void add_session(const Session& session) = 0;
  virtual std::optional<Session> find_session(std::string_view token_hash) const = 0;
  virtual std::vector<Session> list_sessions() const = 0;  ///< the last seen first
  virtual void touch_session(std::string_view token_hash, std::int64_t seen_at_ms) = 0;
  virtual void remove_session(std::string_view token_hash) = 0;
  /// All of a user but the named one.
  virtual void remove_sessions_of(UserId user, std::string_view but_token_hash) = 0;
  virtual void remove_sessions_before(std::int64_t created_before_ms,
                                      std::int64_t seen_before_ms) = 0;

  /// False when the name is taken.
  virtual bool add_api_token(const ApiToken& token) = 0;
  virtual std::optional<ApiToken> find_api_token(std::string_view token_hash) const = 0;
  virtual std::vector<ApiToken> list_api_tokens() const = 0;  ///< by name
  virtual void touch_api_token(std::string_view token_hash, std::int64_t used_at_ms) = 0;
  /// False when there is none of this name.
  virtual bool remove_api_token(std::string_view name) = 0;

  virtual void add_log_entry(const LogEntry& entry) = 0;  ///< `id` ignored
  /// The newest first, those before the entry of this id.
  virtual std::vector<LogEntry> list_log(std::int64_t before_id, std::size_t limit) const = 0;

  virtual std::optional<AnsweredRequest> find_answered(std::string_view key_hash) const = 0;
  /// Instead of an older one of the key; those before `keep_from_ms` go.
  virtual void add_answered(const AnsweredRequest& request, std::int64_t keep_from_ms) = 0;

  /// False when the name is taken.
  virtual bool add_share(const Share& share) = 0;
  virtual std::optional<Share> find_share(std::string_view key_hash) const = 0;
  virtual std::vector<Share> list_shares() const = 0;  ///< by name
  virtual void touch_share(std::string_view key_hash, std::int64_t used_at_ms) = 0;
  /// False when there is none of this name.
  virtual bool remove_share(std::string_view name) = 0;
};

}  // namespace candor::store
