#pragma once
// The daemon's thread that sends webhooks.
#include <stop_token>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/random.h"
#include "store/webhook_store.h"

namespace candor::app {

/// Sends until it is stopped; what fails (a full disk) is told once and tried again.
class WebhookRunner {
 public:
  WebhookRunner(store::WebhookStore& store, const Clock& clock, Random& random,
                bool to_private_networks);
  ~WebhookRunner() { stop(); }
  WebhookRunner(const WebhookRunner&) = delete;
  WebhookRunner& operator=(const WebhookRunner&) = delete;

  /// Breaks off what is under way: it goes out again after the next start.
  void stop();

 private:
  void work(const std::stop_token& stop);

  store::WebhookStore& store_;
  const Clock& clock_;
  Random& random_;
  bool to_private_networks_;
  std::jthread thread_;
};

}  // namespace candor::app
