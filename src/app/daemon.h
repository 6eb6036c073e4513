#pragma once
// candor serve: the fronts, the journal, the absorber and the admin door, started and stopped in
// order.
#include <functional>
#include <string>

#include "app/config.h"
#include "app/data_directory.h"

namespace candor::app {

/// Serves until SIGINT, SIGTERM or SIGHUP. `ready` is called once everything answers, with a fresh
/// one-time sign-in link, empty when none could be made. Redirects begin before the database is
/// owned; while another process has it, `waiting` is told.
void run_daemon(const Config& config,
                const std::function<void(const RunFile&, const std::string& login_url)>& ready,
                const std::function<void(const std::string&)>& waiting);

}  // namespace candor::app
