#pragma once
// What the owner should look at, found by fixed rules in what is stored: the same on the dashboard,
// in the mail and in the nightly run's JSON.
#include <string>

namespace candor::report {

struct Alert {
  std::string kind;      ///< "drop", "spike", "dead-link", "disclosure", "stale-import"
  std::string severity;  ///< "error" or "warn"
  std::string subject;   ///< "/kettles/", "awin"; empty: the site
  std::string message;   ///< one sentence or two: what is wrong
  std::string fix;       ///< what to do about it
  std::string href;      ///< where in the dashboard
  /// The same trouble on another day has the same one.
  std::string key() const { return kind + " " + subject; }
  friend bool operator==(const Alert&, const Alert&) = default;
};

}  // namespace candor::report
