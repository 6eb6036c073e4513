#pragma once
// The pages front in front of a real origin: pages are disclosed as they pass, everything else
// passes as it is and is never kept whole.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fetch/stream_client.h"
#include "http/event_loop.h"
#include "http/server.h"
#include "http/worker_pool.h"
#include "proxy/page_work.h"
#include "redirect/client_address.h"

namespace candor::proxy {

struct OriginOptions {
  std::string url{};                      ///< "http://127.0.0.1:8083", without a path
  std::string unix_socket_path{};         ///< empty: TCP
  std::string public_url{};               ///< of the site, as readers type it
  std::vector<std::string> site_hosts{};  ///< lower case
  redirect::TrustedProxies proxies{{}};
  fetch::StreamTimeouts timeouts{};
  std::size_t page_bytes = std::size_t{8} << 20;     ///< longer pages pass as they are
  std::size_t buffer_bytes = std::size_t{64} << 20;  ///< of all pages under way together
  std::size_t cache_bytes = std::size_t{32} << 20;   ///< pages that went out, to be sent again
  /// Paths below which nothing is edited: where the owner works, not where readers read.
  std::vector<std::string> leave_alone{};
  EditPage edit{};
  /// Names the rules and links pages are disclosed by, in characters an ETag may hold: another name
  /// whenever another page may come out. Any thread.
  std::function<std::string()> rules{};
};

/// Read from any thread.
struct OriginCounters {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> pages{0};          ///< HTML that went out, edited or not
  std::atomic<std::uint64_t> disclosed{0};      ///< of those, with our edits
  std::atomic<std::uint64_t> too_large{0};      ///< passed as they were: over the page limit
  std::atomic<std::uint64_t> unsafe{0};         ///< passed: they could not be edited safely
  std::atomic<std::uint64_t> failed{0};         ///< passed: our own failure, which is an alarm
  std::atomic<std::uint64_t> origin_down{0};    ///< answered 502: no connection
  std::atomic<std::uint64_t> origin_late{0};    ///< answered 504, or broken off: too slow
  std::atomic<std::uint64_t> origin_broken{0};  ///< 502 or broken off: cut short or contradictory
  std::atomic<std::uint64_t> upgrades_refused{0};
  std::atomic<std::uint64_t> buffered_bytes{0};  ///< of pages under way
  std::atomic<std::int64_t> failed_at_s{0};      ///< seconds of the steady clock; 0: never
};

/// Made and destroyed while the loop does not run, or on its thread.
class OriginFront final : public http::Handler {
 public:
  OriginFront(http::EventLoop& loop, http::WorkerPool& pool, OriginOptions options);
  ~OriginFront() override;

  void handle(const http::Request& request, http::Reply reply) override;
  bool takes_upload(const http::Request& head) override;
  void handle_upload(const http::Request& head, http::RequestBody body, http::Reply reply) override;

  /// Whose word on the reader's address and scheme is believed from now on; loop thread.
  void set_proxies(redirect::TrustedProxies proxies);

  const OriginCounters& counters() const { return *counters_; }
  /// Whether pages went out undisclosed by our own failure within the last minutes. Any thread.
  bool is_failing() const;

  struct Hub;

 private:
  std::shared_ptr<OriginCounters> counters_;
  std::unique_ptr<Hub> hub_;
};

}  // namespace candor::proxy
