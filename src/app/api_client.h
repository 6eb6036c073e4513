#pragma once
// How a command reaches the site: through the daemon's Unix socket when one runs, else by opening
// the site in this process. Either way the same API function answers.
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "app/config.h"
#include "http/message.h"

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

  /// The response of any status below 400; ApiError for others.
  http::Response call(std::string_view method, const std::string& target, std::string body = {});
  bool is_daemon() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The configuration the options lead to; ConfigError that says how to make one when there is none.
Config require_config(const std::string& option);

}  // namespace candor::app
