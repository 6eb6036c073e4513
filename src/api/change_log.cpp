#include "api/change_log.h"

#include <exception>
#include <nlohmann/json.hpp>

#include "api/paging.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

bool is_change(const Route& route) {
  if (route.method == "GET") return false;
  switch (route.access) {
    case Access::Self:
    case Access::Links:
    case Access::Revenue:
    case Access::Owner:
    case Access::People:
      return true;
    default:
      // Pages are disclosed and links are tried out as often as their readers like.
      return false;
  }
}

void write(const Call& call, store::LogEntry entry) {
  entry.at_ms = to_ms(call.site.clock.now());
  if (!call.caller.local) entry.address = address_of(call.request);
  try {
    call.site.store.add_log_entry(entry);
  } catch (const std::exception&) {
    // It is done already: an answer that says otherwise would have it done twice.
  }
}

/// In people's words; for what a newer version wrote, the entry's own.
std::string words_for(const std::string& action) {
  for (const Route& route : routes())
    if (std::string(route.method) + " " + std::string(route.pattern) == action)
      return std::string(route.summary);
  return action;
}

}  // namespace

void log_change(const Route& route, const Call& call) {
  if (!is_change(route)) return;
  store::LogEntry entry;
  entry.who = log_name(call.who);
  entry.action = std::string(route.method) + " " + std::string(route.pattern);
  entry.subject = call.note.subject;
  for (const auto& [name, value] : call.path)
    if (entry.subject.empty()) entry.subject = value;
  if (entry.subject.empty()) entry.subject = call.query_value("file_name");
  entry.changes = call.note.changes;
  write(call, std::move(entry));
}

void log_event(const Call& call, std::string_view who, std::string action, std::string subject) {
  store::LogEntry entry;
  entry.who = who;
  entry.action = std::move(action);
  entry.subject = std::move(subject);
  write(call, std::move(entry));
}

http::Response list_log(Call& call) {
  constexpr std::int64_t kMost = 1000;
  const std::int64_t limit = call.query_number("limit", 100, kMost);
  auto entries = call.site.store.list_log(before_of(call), static_cast<std::size_t>(limit) + 1);
  const bool more = cut_to(entries, limit);
  json data = json::array();
  for (const store::LogEntry& entry : entries)
    data.push_back({{"id", entry.id},
                    {"at", format_rfc3339(entry.at_ms)},
                    {"who", entry.who},
                    {"address", entry.address},
                    {"action", entry.action},
                    {"what", words_for(entry.action)},
                    {"subject", entry.subject},
                    {"changes", json::parse(entry.changes, nullptr, false).is_object()
                                    ? json::parse(entry.changes)
                                    : json()}});
  return page_response(call,
                       {{"schema", "candor.log/1"},
                        {"data", std::move(data)},
                        {"next", more ? json(entries.back().id) : json()}},
                       "before");
}

}  // namespace candor::api
