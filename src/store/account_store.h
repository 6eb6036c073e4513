#pragma once
// The owner's account, sessions and one-time links. Secrets are stored as hashes only. Callable
// from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::store {

struct Session {
  std::string token_hash;  ///< BLAKE2b-256 hex of the session token
  std::int64_t created_at_ms = 0;
  std::int64_t seen_at_ms = 0;
};

/// A program of the owner's that may ask a part of the API.
struct ApiToken {
  std::string name;        ///< the owner's word for it: "wordpress"
  std::string token_hash;  ///< BLAKE2b-256 hex of the token
  std::string scope;       ///< "pages"
  std::int64_t created_at_ms = 0;
  std::optional<std::int64_t> used_at_ms;  ///< about when it was last used; nothing: never
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual std::optional<std::string> owner_password_hash()
      const = 0;  ///< argon2id string; nothing: none set
  virtual void set_owner_password_hash(std::string_view hash) = 0;

  virtual void add_one_time_token(std::string_view token_hash, std::int64_t expires_at_ms) = 0;
  /// True once for a live token; it is gone afterwards.
  virtual bool take_one_time_token(std::string_view token_hash, std::int64_t now_ms) = 0;

  virtual void add_session(const Session& session) = 0;
  virtual std::optional<Session> find_session(std::string_view token_hash) const = 0;
  virtual void touch_session(std::string_view token_hash, std::int64_t seen_at_ms) = 0;
  virtual void remove_session(std::string_view token_hash) = 0;
  virtual void remove_sessions_before(std::int64_t created_before_ms,
                                      std::int64_t seen_before_ms) = 0;

  /// False when the name is taken.
  virtual bool add_api_token(const ApiToken& token) = 0;
  virtual std::optional<ApiToken> find_api_token(std::string_view token_hash) const = 0;
  virtual std::vector<ApiToken> list_api_tokens() const = 0;  ///< by name
  virtual void touch_api_token(std::string_view token_hash, std::int64_t used_at_ms) = 0;
  /// False when there is none of this name.
  virtual bool remove_api_token(std::string_view name) = 0;
};

}  // namespace candor::store
