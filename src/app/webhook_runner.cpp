#include "app/webhook_runner.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "fetch/client.h"
#include "jobs/webhook_post.h"

namespace candor::app {

WebhookRunner::WebhookRunner(store::WebhookStore& store, const Clock& clock, Random& random,
                             bool to_private_networks)
    : store_(store), clock_(clock), random_(random), to_private_networks_(to_private_networks) {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void WebhookRunner::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void WebhookRunner::work(const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kRound{250};
  fetch::Client client;
  jobs::WebhookPost post(store_, clock_, random_,
                         {.to_private_networks = to_private_networks_,
                          .give_up = [&stop] { return stop.stop_requested(); }},
                         [&client](const fetch::Request& request) { return client.send(request); });
  std::mutex mutex;
  std::condition_variable_any pause;
  std::string told;
  while (!stop.stop_requested()) {
    try {
      post.run();
      told.clear();
    } catch (const std::exception& error) {
      if (told != error.what())
        fmt::print(stderr, "candor: cannot send webhooks, will try again: {}\n", error.what());
      told = error.what();
    }
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, kRound, [] { return false; });
  }
}

}  // namespace candor::app
