#include "proxy/origin_front.h"

#include <Poco/Logger.h>
#include <fmt/format.h>

#include <exception>
#include <utility>

#include "http/log_text.h"
#include "http/streams.h"
#include "proxy/exchange.h"
#include "proxy/forwarding.h"

namespace candor::proxy {
namespace {

using std::chrono::steady_clock;

// A failing store fails for every page: once in a while is enough to say so.
constexpr std::chrono::seconds kTellAgain{10};
// How long a failure counts as one of now.
constexpr std::chrono::minutes kAlarm{5};

std::int64_t now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now().time_since_epoch())
      .count();
}

http::Response plain(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

/// What is answered without asking the origin; nothing for all the rest.
std::optional<http::Response> refusal_of(const http::Request& request, OriginCounters& counters) {
  if (request.find_header(kPassedHeader))
    return plain(508, "The origin leads back to the pages proxy: see [pages] origin.\n");
  if (wants_websocket(request)) {
    counters.upgrades_refused.fetch_add(1, std::memory_order_relaxed);
    return plain(501,
                 "The pages proxy passes no WebSocket on. Let the web server in front send this "
                 "path straight to the origin.\n");
  }
  if (request.method == "TRACE") {
    // It would show the reader what only the origin is told.
    http::Response response = plain(405, "TRACE is not passed on.\n");
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return response;
  }
  return std::nullopt;
}

}  // namespace

OriginFront::Hub::Hub(http::EventLoop& l, http::WorkerPool& p, OriginOptions o,
                      std::shared_ptr<OriginCounters> count)
    : loop(l),
      pool(p),
      options(std::move(o)),
      counters(std::move(count)),
      cache(std::make_shared<PageCache>(options.cache_bytes)),
      client(l, options.timeouts),
      sheets(l, client,
             {options.url, options.unix_socket_path, options.public_url, options.site_hosts}) {}

void OriginFront::Hub::begin(const http::Request& request, http::Reply reply,
                             std::optional<http::RequestBody> upload) {
  counters->requests.fetch_add(1, std::memory_order_relaxed);
  if (auto refusal = refusal_of(request, *counters)) {
    reply.send(std::move(*refusal));
    return;
  }
  auto exchange = std::make_shared<Exchange>(*this, request, std::move(reply));
  exchanges.emplace(exchange.get(), exchange);
  try {
    exchange->begin(std::move(upload));
  } catch (...) {
    exchanges.erase(exchange.get());  // its reply goes with it, which answers 500
    throw;
  }
}

std::optional<std::string> OriginFront::Hub::rules() const {
  try {
    return fmt::format("{}-{:x}", options.rules(), sheets.fingerprint());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void OriginFront::Hub::note_failure(const std::string& path, const std::string& why) {
  counters->failed.fetch_add(1, std::memory_order_relaxed);
  counters->failed_at_s.store(now_s(), std::memory_order_relaxed);
  const auto now = steady_clock::now();
  if (told_at != steady_clock::time_point{} && now - told_at < kTellAgain) return;
  told_at = now;
  Poco::Logger::get("pages").error("served without disclosure, as the origin sent it: " +
                                   http::log_text(path) + ": " + http::log_text(why));
}

bool OriginFront::Hub::reserve(std::size_t bytes) {
  if (counters->buffered_bytes.load(std::memory_order_relaxed) + bytes > options.buffer_bytes)
    return false;
  counters->buffered_bytes.fetch_add(bytes, std::memory_order_relaxed);
  return true;
}

void OriginFront::Hub::release(std::size_t bytes) {
  counters->buffered_bytes.fetch_sub(bytes, std::memory_order_relaxed);
}

OriginFront::OriginFront(http::EventLoop& loop, http::WorkerPool& pool, OriginOptions options)
    : counters_(std::make_shared<OriginCounters>()),
      hub_(std::make_unique<Hub>(loop, pool, std::move(options), counters_)) {}

OriginFront::~OriginFront() {
  // Each one gives its buffers back to the hub.
  std::exchange(hub_->exchanges, {}).clear();
}

void OriginFront::handle(const http::Request& request, http::Reply reply) {
  hub_->begin(request, std::move(reply), std::nullopt);
}

bool OriginFront::takes_upload(const http::Request&) { return true; }

void OriginFront::handle_upload(const http::Request& head, http::RequestBody body,
                                http::Reply reply) {
  hub_->begin(head, std::move(reply), std::move(body));
}

void OriginFront::set_proxies(redirect::TrustedProxies proxies) {
  hub_->options.proxies = std::move(proxies);
}

bool OriginFront::is_failing() const {
  const std::int64_t at = counters_->failed_at_s.load(std::memory_order_relaxed);
  return at != 0 && now_s() - at < std::chrono::seconds(kAlarm).count();
}

}  // namespace candor::proxy
