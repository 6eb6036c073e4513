// What belongs to one link beside its members: its QR code and what became of it.
#include <nlohmann/json.hpp>
#include <set>

#include "api/members.h"
#include "api/problem.h"
#include "api/qr_code.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

Link link_of_path(const Call& call) {
  const std::string& slug = call.path.find("slug")->second;
  auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\". List them: candor link list");
  return *link;
}

/// Follows one link back through the log of changes, under the names it had.
class History {
 public:
  explicit History(std::string slug) : slug_(std::move(slug)) {}

  /// Entries in the log's order, the newest first. False once the link's beginning was seen.
  bool take(const store::LogEntry& entry) {
    if (!entry.action.ends_with(" /api/v1/links") &&
        entry.action.find(" /api/v1/links/") == std::string::npos)
      return true;
    const json changes = json::parse(entry.changes, nullptr, false);
    if (entry.action == "PATCH /api/v1/links") {
      if (changes.is_object() && changes.contains(slug_)) add(entry, "Edit", changes.at(slug_));
      return true;
    }
    if (entry.action == "PATCH /api/v1/links/{slug}") {
      const bool renames = changes.is_object() && changes.contains("slug");
      if (renames && changes.at("slug").value("to", "") == slug_) {
        slug_ = changes.at("slug").value("from", slug_);
        add(entry, "Edit", changes);
      } else if (!renames && entry.subject == slug_) {
        add(entry, "Edit", changes.is_object() ? changes : json());
      }
      return true;
    }
    if (entry.subject != slug_) return true;
    // Another link of the same name was removed before this one began.
    if (entry.action.starts_with("DELETE")) return false;
    add(entry, "Add", json());
    return false;
  }
  json data() && { return std::move(data_); }
  std::size_t size() const { return data_.size(); }

 private:
  void add(const store::LogEntry& entry, const char* what, json changes) {
    data_.push_back({{"id", entry.id},
                     {"at", format_rfc3339(entry.at_ms)},
                     {"who", entry.who},
                     {"what", what},
                     {"changes", std::move(changes)}});
  }

  std::string slug_;
  json data_ = json::array();
};

}  // namespace

http::Response link_qr(Call& call) {
  const Link link = link_of_path(call);
  const std::string url = call.site.settings.go_url + link.slug;
  const auto svg = qr_svg(url, url);
  if (!svg) throw Problem(422, "The link's address is longer than a QR code holds.", "slug");
  http::Response response;
  response.headers = {{"Content-Type", "image/svg+xml"},
                      {"Cache-Control", "no-cache"},
                      {"Content-Disposition", "inline; filename=\"" + link.slug + ".svg\""}};
  response.body = *svg;
  return response;
}

http::Response link_history(Call& call) {
  constexpr std::size_t kMostEntries = 200;
  constexpr std::size_t kPage = 1000;
  constexpr int kMostPages = 50;
  History history(link_of_path(call).slug);
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  bool more = true;
  for (int page = 0; more && page < kMostPages; ++page) {
    const auto entries = call.site.store.list_log(before, kPage);
    for (const store::LogEntry& entry : entries) {
      before = entry.id;
      more = history.take(entry) && history.size() < kMostEntries;
      if (!more) break;
    }
    if (entries.size() < kPage) break;
  }
  return json_response({{"schema", "candor.link.history/1"}, {"data", std::move(history).data()}});
}

}  // namespace candor::api
