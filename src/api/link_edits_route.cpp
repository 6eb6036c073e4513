// Edits of many links at once: all are looked at before the first is made, and the answer holds
// what undoes them.
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "api/link_json.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kMostEdits = 500;

struct Edit {
  json before;
  Link link;  ///< as it shall be
  json set;
};

[[noreturn]] void refuse(std::size_t n, const Problem& problem) {
  const std::string field = "edits[" + std::to_string(n) + "]";
  throw Problem(problem.status, problem.what(),
                problem.field.empty() ? field : field + "." + problem.field);
}

Edit read_edit(const Call& call, const json& edit) {
  if (!edit.is_object() || !edit.contains("slug") || !edit["slug"].is_string() ||
      !edit.contains("set") || !edit["set"].is_object())
    throw Problem(422, R"(An edit is {"slug": ..., "version": ..., "set": {...}}.)");
  const std::string slug = edit["slug"].get<std::string>();
  auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\".", "slug");
  Edit read{link_json(call.site, *link), *link, edit["set"]};
  for (const auto& [name, value] : read.set.items())
    if (name == "slug" || std::ranges::find(link_members(), name) == link_members().end())
      throw Problem(422, "\"" + name + "\" is nothing to set on many links.", "set." + name);
  const bool named = edit.contains("version");
  if (!named && !call.caller.local)
    throw Problem(428, "Say which version of \"" + slug + "\" you saw.", "version");
  if (named && edit["version"] != read.before["version"])
    throw Problem(412, "\"" + slug + "\" was changed meanwhile. Look at it again.", "version");
  read_link_members(call.site, read.set, read.link);
  return read;
}

std::vector<Edit> read_edits(const Call& call, const json& edits) {
  if (!edits.is_array() || edits.empty() || edits.size() > kMostEdits)
    throw Problem(422, "edits is a list of 1 to " + std::to_string(kMostEdits) + " edits.",
                  "edits");
  std::vector<Edit> all;
  std::set<std::string> seen;
  for (std::size_t n = 0; n < edits.size(); ++n) {
    try {
      all.push_back(read_edit(call, edits[n]));
      if (!seen.insert(all.back().link.slug).second)
        throw Problem(422, "\"" + all.back().link.slug + "\" is edited twice.", "slug");
    } catch (const Problem& problem) {
      refuse(n, problem);
    }
  }
  return all;
}

/// What was there before, of the members that were set.
json undo_of(const Edit& edit, const json& now) {
  json set = json::object();
  for (const auto& [name, value] : edit.set.items()) set[name] = edit.before.at(name);
  // The network follows the destination, so it goes back with it.
  if (edit.before["network"] != now["network"]) set["network"] = edit.before["network"];
  return {{"slug", edit.link.slug}, {"version", now["version"]}, {"set", std::move(set)}};
}

json changes_of(const json& from, const json& to) {
  json changes = json::object();
  for (const auto& [name, value] : to.items())
    if (name != "updated_at" && name != "version" && from.value(name, json()) != value)
      changes[name] = {{"from", from.value(name, json())}, {"to", value}};
  return changes;
}

}  // namespace

http::Response edit_links(Call& call) {
  const json body = read_body(call, "An edit of links", {"edits"});
  const std::scoped_lock lock(call.site.gate.link_edits);
  std::vector<Edit> edits = read_edits(call, body.value("edits", json()));
  json data = json::array();
  json undo = json::array();
  json changes = json::object();
  for (Edit& edit : edits) {
    edit.link.updated_at_ms = to_ms(call.site.clock.now());
    call.site.store.update_link(edit.link);
    data.push_back(link_json(call.site, edit.link));
    undo.push_back(undo_of(edit, data.back()));
    changes[edit.link.slug] = changes_of(edit.before, data.back());
  }
  call.note.subject =
      edits.size() == 1 ? edits.front().link.slug : std::to_string(edits.size()) + " links";
  call.note.changes = changes.dump(-1, ' ', false, json::error_handler_t::replace);
  return json_response(
      {{"schema", "candor.link.edits/1"}, {"data", std::move(data)}, {"undo", std::move(undo)}});
}

}  // namespace candor::api
