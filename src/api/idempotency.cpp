#include "api/idempotency.h"

#include <exception>
#include <optional>

#include "api/problem.h"
#include "api/router.h"
#include "api/secrets.h"

namespace candor::api {
namespace {

constexpr std::int64_t kKeptMs = 24LL * 60 * 60 * 1000;
constexpr std::size_t kKeyMost = 255;
/// Larger answers (pages, above all) are not kept: the second request is told so.
constexpr std::size_t kBodyMost = std::size_t{256} << 10;
constexpr int kNotKept = 0;  ///< instead of a status

/// A key while its first request is worked on.
class Pending {
 public:
  Pending(PendingKeys& keys, const std::string& key_hash) : keys_(keys), key_hash_(key_hash) {
    if (!keys.begin(key_hash))
      throw Problem(409, "The request with this Idempotency-Key is still being worked on.");
  }
  ~Pending() { keys_.end(key_hash_); }
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;

 private:
  PendingKeys& keys_;
  std::string key_hash_;
};

std::string request_hash_of(const http::Request& request) {
  return hash_of_secret(request.method + " " + request.target + "\n" + request.body);
}

http::Response replay(Call& call, const store::AnsweredRequest& answered,
                      const std::string& request_hash) {
  if (answered.request_hash != request_hash)
    throw Problem(422, "This Idempotency-Key was another request's. Take a new one.");
  if (answered.status == kNotKept)
    throw Problem(409, "This request was done already. What it answered is not kept.");
  call.note.unchanged = true;
  http::Response response;
  response.status = answered.status;
  response.headers = {{"Cache-Control", "no-store"}, {"Idempotency-Replayed", "true"}};
  if (!answered.body.empty()) response.headers.emplace_back("Content-Type", "application/json");
  response.body = answered.body;
  return response;
}

bool may_be_kept(const Route& route, const http::Response& response) {
  if (route.access == Access::People || route.access == Access::Self) return false;
  if (response.body.empty()) return true;
  for (const auto& [name, value] : response.headers)
    if (name == "Content-Type")
      return value == "application/json" && response.body.size() <= kBodyMost;
  return false;
}

void keep(const Route& route, const Call& call, const http::Response& response,
          const std::string& key_hash, const std::string& request_hash) {
  const std::int64_t now = to_ms(call.site.clock.now());
  const bool whole = may_be_kept(route, response);
  try {
    call.site.store.add_answered({.key_hash = key_hash,
                                  .request_hash = request_hash,
                                  .status = whole ? response.status : kNotKept,
                                  .body = whole ? response.body : std::string{},
                                  .at_ms = now},
                                 now - kKeptMs);
  } catch (const std::exception&) {
    // It is done: an answer that says otherwise would have it done twice.
  }
}

}  // namespace

http::Response answer_once(const Route& route, Call& call) {
  const auto key = call.request.find_header("Idempotency-Key");
  if (!key || call.request.method != "POST" || route.access == Access::Public)
    return route.answer(call);
  if (key->empty() || key->size() > kKeyMost)
    throw Problem(400, "An Idempotency-Key has 1 to 255 characters.");
  const std::string key_hash = hash_of_secret(log_name(call.who) + "\n" + std::string(*key));
  const std::string request_hash = request_hash_of(call.request);
  const Pending pending(call.site.gate.pending, key_hash);
  const auto answered = call.site.store.find_answered(key_hash);
  if (answered && answered->at_ms > to_ms(call.site.clock.now()) - kKeptMs)
    return replay(call, *answered, request_hash);
  http::Response response = route.answer(call);
  if (response.status < 400) keep(route, call, response, key_hash, request_hash);
  return response;
}

}  // namespace candor::api
