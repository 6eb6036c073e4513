#pragma once
// How a command reaches the site: through the daemon's Unix socket when one runs, else by opening
// the site in this process. Either way the same API function answers.
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "app/config.h"
#include "http/message.h"

namespace candor::pages {
class PageProcessor;
}

namespace candor::app {

/// The API refused: its own words for people.
class ApiError : public std::runtime_error {
 public:
  ApiError(int http_status, const std::string& message)
      : std::runtime_error(message), status(http_status) {}
  int status;
};

class ApiClient {
 public:
  /// Throws store::Busy when neither a daemon answers nor the database is free.
  explicit ApiClient(const Config& config);
  ~ApiClient();
  ApiClient(const ApiClient&) = delete;
  ApiClient& operator=(const ApiClient&) = delete;

  /// The response of any status below 400; ApiError for others. Safe to call from several threads
  /// at once.
  http::Response call(std::string_view method, const std::string& target, std::string body = {},
                      std::string_view media_type = {});
  bool is_daemon() const;

  /// The pages of the site when this process has opened it, for runs over thousands of them; else
  /// null. What they change is exported for the web server when this client ends.
  pages::PageProcessor* own_pages();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The configuration the options lead to; ConfigError that says how to make one when there is none.
Config require_config(const std::string& option);

}  // namespace candor::app
