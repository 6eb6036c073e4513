#pragma once
// The admin listener: the dashboard's files and the API, with the security headers both need.
// Requests are worked on by a pool, so that a slow report or a password hash holds nobody up.
#include <functional>

#include "api/router.h"
#include "http/event_loop.h"
#include "http/server.h"
#include "http/worker_pool.h"

namespace candor::api {

enum class Door : std::uint8_t { Network, UnixSocket };

class AdminFront final : public http::Handler {
 public:
  AdminFront(http::EventLoop& loop, http::WorkerPool& pool, Site& site, Door door)
      : loop_(loop), pool_(pool), site_(site), door_(door) {}
  void handle(const http::Request& request, http::Reply reply) override;
  /// Bodies that are too large for their route are refused before they are read.
  bool takes_upload(const http::Request& head) override;
  void handle_upload(const http::Request& head, http::RequestBody body, http::Reply reply) override;

 private:
  http::EventLoop& loop_;
  http::WorkerPool& pool_;
  Site& site_;
  Door door_;
};

}  // namespace candor::api
