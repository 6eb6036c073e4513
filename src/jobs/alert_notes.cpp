#include "jobs/alert_notes.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace candor::jobs {
namespace {

constexpr std::string_view kListed = "alerts noted";

std::string json_of(const report::Alert& alert) {
  const nlohmann::json out{{"kind", alert.kind},       {"severity", alert.severity},
                           {"subject", alert.subject}, {"message", alert.message},
                           {"fix", alert.fix},         {"href", alert.href}};
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void note_alerts(store::JobStore& store, const std::vector<report::Alert>& alerts) {
  std::map<std::string, std::string> marks;
  std::istringstream known(store.find_mark(kListed).value_or(""));
  for (std::string name; std::getline(known, name);) marks[name] = "";
  std::string listed;
  for (const report::Alert& alert : alerts) {
    std::string name = "alert " + alert.key();
    std::ranges::replace(name, '\n', ' ');
    listed += name + "\n";
    marks[std::move(name)] = json_of(alert);
  }
  std::vector<store::Mark> all{{std::string(kListed), std::move(listed)}};
  for (const auto& [name, value] : marks) all.push_back({name, value});
  store.set_marks(all);
}

}  // namespace candor::jobs
