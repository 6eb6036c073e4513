#pragma once
// candor serve: the fronts, the journal, the absorber and the admin door, started and stopped in
// order.
#include <functional>
#include <string>

#include "app/config.h"
#include "app/data_directory.h"

namespace candor::app {

/// What a daemon asks of, and tells, whoever started it; all on the thread of run_daemon.
struct DaemonHooks {
  /// Once everything answers, with a fresh one-time sign-in link, empty when none could be made.
  std::function<void(const RunFile&, const std::string& login_url)> ready;
  /// Another process has the database: readers are redirected, nothing else works yet.
  std::function<void(const std::string&)> waiting;
  /// Reads the configuration again. Throws ConfigError.
  std::function<Config()> reload;
};

/// Serves until SIGINT or SIGTERM, and ends within five seconds of it. SIGHUP reads the
/// configuration again: what can change while running does so between two requests, what cannot is
/// named on stderr, and a file with an error changes nothing. When the terminal it was started from
/// closes, SIGHUP ends it. Redirects begin before the database is owned.
void run_daemon(const Config& config, const DaemonHooks& hooks);

}  // namespace candor::app
