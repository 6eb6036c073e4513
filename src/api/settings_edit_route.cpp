// Settings of candor.toml that an owner changes in the dashboard. Where mail is handed in, and all
// that opens a server, is for whoever may write the file: a password goes where its host says.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <system_error>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/settings_file.h"

namespace candor::api {
namespace {

using nlohmann::json;

enum class Kind { Text, Texts, Count, Flag };

struct Key {
  std::string_view section;
  std::string_view key;
  Kind kind;
};

constexpr auto kKeys = std::to_array<Key>({
    {"site", "name", Kind::Text},
    {"site", "hosts", Kind::Texts},
    {"privacy", "visitors", Kind::Text},
    {"privacy", "beacon", Kind::Text},
    {"privacy", "click_token", Kind::Text},
    {"retention", "raw_click_days", Kind::Count},
    {"mail", "to", Kind::Texts},
    {"mail", "from", Kind::Text},
    {"mail", "digests", Kind::Texts},
    {"mail", "alerts", Kind::Flag},
    {"links", "check", Kind::Flag},
    {"backup", "keep", Kind::Count},
});

void check_kind(const json& value, Kind kind, const std::string& name) {
  const auto is_text = [](const json& each) { return each.is_string(); };
  if (kind == Kind::Text && !value.is_string()) throw Problem(422, name + " must be a text.", name);
  if (kind == Kind::Texts && !(value.is_array() && std::ranges::all_of(value, is_text)))
    throw Problem(422, name + " must be a list of texts.", name);
  if (kind == Kind::Count && !value.is_number_integer())
    throw Problem(422, name + " must be a whole number.", name);
  if (kind == Kind::Flag && !value.is_boolean())
    throw Problem(422, name + " must be true or false.", name);
}

json read_sections(const Call& call) {
  json body =
      read_body(call, "Settings", {"site", "privacy", "retention", "mail", "links", "backup"});
  for (const auto& [section, members] : body.items()) {
    if (!members.is_object()) throw Problem(422, section + " must be an object.", section);
    for (const auto& [member, value] : members.items()) {
      const std::string name = section + "." + member;
      const auto key = std::ranges::find_if(
          kKeys, [&, at = std::string_view(section), of = std::string_view(member)](
                     const Key& each) { return each.section == at && each.key == of; });
      if (key == kKeys.end())
        throw Problem(422, "\"" + name + "\" is set in candor.toml only.", name);
      check_kind(value, key->kind, name);
    }
  }
  return body;
}

/// Empty: any.
std::string seen_version(const Call& call) {
  const auto wanted = call.request.find_header("If-Match");
  if (!wanted && !call.caller.local)
    throw Problem(
        428,
        "Say which version of the settings you saw: If-Match with \"version\" of \"file\" "
        "of GET /api/v1/settings, in quotes.");
  if (!wanted || *wanted == "*") return {};
  std::string version(*wanted);
  std::erase(version, '"');
  return version;
}

/// {"site.name": {"from", "to"}} of what is another value now.
json changes_between(const json& before, const json& after) {
  json changes = json::object();
  for (const auto& [section, members] : after.items())
    for (const auto& [key, value] : members.items())
      if (const json& was = before.at(section).at(key); was != value)
        changes[section + "." + key] = {{"from", was}, {"to", value}};
  return changes;
}

}  // namespace

json file_settings_json(const FileSettings& settings) {
  json out = settings.sections;
  out["version"] = settings.version;
  out["restart"] = settings.restart;
  return out;
}

http::Response edit_settings(Call& call) {
  const json sections = read_sections(call);
  const std::string version = seen_version(call);
  if (call.site.settings_file == nullptr)
    throw Problem(409, "This Candor runs by no file that it knows of.");
  try {
    const json before = call.site.settings_file->read().sections;
    const FileSettings now = call.site.settings_file->change(version, sections);
    const json changes = changes_between(before, now.sections);
    call.note.unchanged = changes.empty();
    if (!changes.empty()) call.note.changes = changes.dump();
    json changed = json::array();
    for (const auto& [name, change] : changes.items()) changed.push_back(name);
    http::Response response = json_response({{"schema", "candor.settings.change/1"},
                                             {"changed", std::move(changed)},
                                             {"file", file_settings_json(now)}});
    response.headers.emplace_back("ETag", '"' + now.version + '"');
    return response;
  } catch (const FileMoved& moved) {
    throw Problem(412, moved.what());
  } catch (const FileRefused& refused) {
    throw Problem(422, refused.what(), refused.key);
  } catch (const std::system_error& error) {
    throw Problem(409, std::string("candor.toml cannot be written by Candor: ") + error.what() +
                           ". Edit it as who may, or give Candor's user the right to its folder.");
  }
}

}  // namespace candor::api
