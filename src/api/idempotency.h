#pragma once
// A POST with a header Idempotency-Key is done once: whoever did not get the answer sends it again
// and is told the answer of the first time, for a day.
#include <functional>
#include <set>
#include <string>

#include "base/guarded.h"
#include "http/message.h"

namespace candor::api {

struct Call;
struct Route;

/// The keys whose first request is still being worked on. Callable from any thread.
class PendingKeys {
 public:
  bool begin(const std::string& key_hash) {
    return keys_.with([&](auto& keys) { return keys.insert(key_hash).second; });
  }
  void end(const std::string& key_hash) {
    keys_.with([&](auto& keys) { keys.erase(key_hash); });
  }

 private:
  Guarded<std::set<std::string>> keys_;
};

/// Answers the route, or as it answered before. Problem 422 when the key was another request's, 409
/// while the first one is under way, or when its answer was a secret, which is shown once. What was
/// refused is not kept: it may be put right and sent again.
http::Response answer_once(const Route& route, Call& call);

}  // namespace candor::api
