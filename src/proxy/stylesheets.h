#pragma once
// The site's own stylesheets, as far as pages need them to be judged: asked for from the origin
// once a page names one, and kept for a while. A sheet that is not here yet holds no page up: what
// depends on it is "not evaluated" until it is.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/guarded.h"
#include "fetch/stream_client.h"
#include "http/event_loop.h"

namespace candor::proxy {

class Stylesheets {
 public:
  struct Origin {
    std::string url{};
    std::string unix_socket_path{};
    std::string public_url{};               ///< of the site: scheme and host of what is asked for
    std::vector<std::string> site_hosts{};  ///< lower case
  };

  /// Asks by `client`, which must outlive this. Made and destroyed as the client is.
  Stylesheets(http::EventLoop& loop, fetch::StreamClient& client, Origin origin);
  ~Stylesheets();
  Stylesheets(const Stylesheets&) = delete;
  Stylesheets& operator=(const Stylesheets&) = delete;

  /// The text of a sheet by its absolute URL or its path; nothing when it is not the site's own,
  /// not here yet, or not to be had. Any thread.
  std::optional<std::string> find(std::string_view url);
  /// Changes whenever a sheet comes or its text changes. Any thread.
  std::uint64_t fingerprint() const;

 private:
  class Asking;
  using Clock = std::chrono::steady_clock;
  struct Sheet {
    std::optional<std::string> text;
    std::uint64_t fingerprint = 0;  // 0: no text
    Clock::time_point asked_at{};
    bool asking = false;
  };
  struct Kept {
    std::unordered_map<std::string, Sheet> by_target;
    std::size_t bytes = 0;
    std::uint64_t fingerprint = 0;
  };

  std::optional<std::string> target_of(std::string_view url) const;
  void ask(const std::string& target);
  void take(const std::string& target, std::optional<std::string> text);

  http::EventLoop& loop_;
  fetch::StreamClient& client_;
  Origin origin_;
  Guarded<Kept> kept_;
  std::unordered_map<std::string, std::shared_ptr<Asking>> asking_;  // the loop's
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);       // the loop's
};

}  // namespace candor::proxy
