// candor nightly: the run for cron and systemd. Quiet when all is well.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <thread>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "fetch/client.h"
#include "link/url.h"
#include "store/errors.h"

namespace candor::app {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr const char* kTarget = "/api/v1/jobs/nightly";

struct NightlyOptions {
  bool quiet = false;
  bool verbose = false;
  std::string ping_url;
};

/// Tells a dead-man switch (healthchecks.io and those that take after it) how far the run is: its
/// URL with "/start", as it is, or with "/fail". One that cannot be told is a failed delivery.
class DeadManSwitch {
 public:
  explicit DeadManSwitch(std::string url) : url_(std::move(url)) {}

  void tell(std::string_view ending) {
    if (url_.empty()) return;
    fetch::Request request;
    request.url = url_ + std::string(ending);
    request.timeout_ms = 10'000;
    const auto answer = client_.send(request);
    if (answer && answer->status >= 200 && answer->status < 300) return;
    failed_ = true;
    fmt::print(stderr, "candor nightly: the ping URL was not told: {}\n",
               answer ? fmt::format("it answered {}", answer->status) : answer.error().message);
  }
  bool failed() const { return failed_; }

 private:
  std::string url_;
  fetch::Client client_;
  bool failed_ = false;
};

std::string bar(const json& progress) {
  constexpr std::size_t kWidth = 30;
  const json& steps = progress.at("steps");
  std::size_t done = 0;
  while (done < steps.size() && steps.at(done) != progress.at("running")) ++done;
  if (done == steps.size()) return {};
  const std::size_t full = done * kWidth / steps.size();
  return fmt::format("[{}{}] {}/{} {}", std::string(full, '#'), std::string(kWidth - full, ' '),
                     done, steps.size(), steps.at(done).get<std::string>());
}

/// Asks how far the run is and draws it on a terminal's stderr, until it is let go of.
class ProgressBar {
 public:
  ProgressBar(ApiClient& client, bool shown) {
    if (!shown || ::isatty(STDERR_FILENO) != 1) return;
    thread_ = std::jthread([this, &client](const std::stop_token& stop) { draw(client, stop); });
  }

 private:
  void draw(ApiClient& client, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, stop, 200ms, [&stop] { return stop.stop_requested(); })) {
      try {
        const std::string line = bar(json::parse(client.call("GET", kTarget).body));
        if (!line.empty()) fmt::print(stderr, "\r\x1b[K{}", line);
        std::fflush(stderr);
      } catch (const std::exception&) {
        break;  // the run itself will tell what is wrong
      }
    }
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }

  std::jthread thread_;
};

std::string state_of(const json& step) {
  if (step.at("failed").get<bool>()) return "FAILED";
  return step.at("attention").get<bool>() ? "look" : "done";
}

void print_steps(const Cli& cli, const json& body) {
  json rows = json::array();
  for (json step : body.at("steps")) {
    step["state"] = state_of(step);
    rows.push_back(std::move(step));
  }
  print_list(cli.chosen_format(), json({{"data", rows}}).dump(),
             {"step", "state", "took_ms", "message"});
}

void check_ping_url(const std::string& text) {
  const auto url = parse_url(text);
  if (!url) throw ConfigError(fmt::format("--ping-url {}: {}", text, message_of(url.error())));
}

int nightly(const Cli& cli, const NightlyOptions& options) {
  if (!options.ping_url.empty()) check_ping_url(options.ping_url);
  const Config config = require_config(cli.config);
  DeadManSwitch dead_man(options.ping_url);
  json body;
  http::Response response;
  try {
    ApiClient client(config);
    dead_man.tell("/start");
    {
      const ProgressBar progress(client, !options.quiet);
      response = client.call("POST", kTarget);
    }
    body = json::parse(response.body);
  } catch (const store::Busy&) {
    throw;  // the run under way has its own say
  } catch (const ApiError& error) {
    if (error.status != 503) dead_man.tell("/fail");
    throw;
  } catch (...) {
    dead_man.tell("/fail");
    throw;
  }
  const bool failed = body.at("failed").get<bool>();
  const bool attention = body.at("attention").get<bool>();
  if (cli.chosen_format() == "json")
    fmt::print("{}\n", response.body);
  else if (options.verbose)
    print_steps(cli, body);
  for (const json& step : body.at("steps"))
    if (state_of(step) != "done")
      fmt::print(stderr, "candor nightly: {}: {}\n", step.value("step", ""),
                 safe_text(step.value("message", "")));
  dead_man.tell(failed ? "/fail" : "");
  if (failed) return kFailed;
  return attention || dead_man.failed() ? kNeedsAttention : kDone;
}

}  // namespace

void add_nightly_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<NightlyOptions>();
  CLI::App* command = app.add_subcommand(
      "nightly", "Import the drop folder, attribute, write the reports; for cron");
  command->add_flag("-q,--quiet", options->quiet, "No progress bar on a terminal either");
  command->add_flag("-v,--verbose", options->verbose, "Show each step and the time it took");
  command
      ->add_option("--ping-url", options->ping_url,
                   "Requested when all is done; with /start before and /fail after a failure")
      ->type_name("URL");
  command->footer(
      "Says nothing when all is well. Exit codes: 0 done, 1 a step failed, 3 done but something\n"
      "needs a look or could not be delivered, 75 another run is under way.\n"
      "Example (crontab):\n  10 3 * * *  candor nightly");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return nightly(cli, *options); }; });
}

}  // namespace candor::app
