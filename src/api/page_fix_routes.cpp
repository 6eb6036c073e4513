// One page of the site's own folder: what a rule finds and where in its source, what would mend it,
// and mending it.
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/page_folder.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "pages/findings_json.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kLinesAround = 2;
constexpr std::size_t kBytesAround = 400;
constexpr std::size_t kMarkedMost = 600;

/// Which bytes of a page were seen.
std::string version_of(std::string_view bytes) { return hash_of_secret(bytes).substr(0, 32); }

std::string path_of(const std::string& path) {
  if (path.empty() || !path.starts_with('/'))
    throw Problem(422, "path is the page's URL path and begins with '/'.", "path");
  return pages::url_path(path);
}

PageFolder& folder_of(const Call& call) {
  if (call.site.folder == nullptr)
    throw Problem(409,
                  "candor.toml names no folder of pages: [pages] root. Mend the page where it is "
                  "written, or run candor inject on its file.");
  return *call.site.folder;
}

PageSource source_of(const Call& call, const std::string& path) {
  auto source = folder_of(call).find(path);
  if (!source)
    throw Problem(404, "There is no file for \"" + path + "\" in the folder of [pages] root.",
                  "path");
  return *std::move(source);
}

/// Where the text before `at` begins that is shown with it: some lines, and not too many bytes.
std::size_t begin_around(std::string_view page, std::size_t at) {
  std::size_t begin = at;
  for (std::size_t lines = 0; begin > 0 && at - begin < kBytesAround; --begin)
    if (page[begin - 1] == '\n' && lines++ == kLinesAround) break;
  return begin;
}

std::size_t end_around(std::string_view page, std::size_t at) {
  std::size_t end = at;
  for (std::size_t lines = 0; end < page.size() && end - at < kBytesAround; ++end)
    if (page[end] == '\n' && lines++ == kLinesAround) break;
  return end;
}

/// The place in the page's source, with what stands around it; null when it names none.
json context_json(std::string_view page, const json& finding) {
  const auto begin = finding.at("begin").get<std::size_t>();
  const auto end = finding.at("end").get<std::size_t>();
  if (end <= begin || end > page.size()) return nullptr;
  const std::size_t from = begin_around(page, begin);
  const std::size_t to = end_around(page, end);
  const std::size_t marked_end = std::min(end, begin + kMarkedMost);
  const std::string_view until = page.substr(0, from);
  return {{"line", 1 + std::count(until.begin(), until.end(), '\n')},
          {"before", page.substr(from, begin - from)},
          {"marked", page.substr(begin, marked_end - begin)},
          {"left_out", end - marked_end},
          {"after", page.substr(end, to - end)}};
}

json with_contexts(json audit, std::string_view page) {
  for (json& finding : audit.at("findings")) finding["context"] = context_json(page, finding);
  return audit;
}

pages::PageAsk ask_for(const PageSource& source, const std::string& path) {
  pages::PageAsk ask{.path = path, .record = false};
  ask.stylesheet = ask.variant = source.site_file;
  return ask;
}

json fix_json(const Call& call, const PageSource& source, const std::string& path) {
  const auto result = call.site.pages.preview(source.bytes, ask_for(source, path));
  json verdicts = pages::audit_json(result.after).at("verdicts");
  return {{"outcome", disclosure::name_of(result.outcome)},
          {"why_passed_through", result.why_passed_through},
          {"edit_count", result.edit_count},
          {"notes", result.notes},
          {"verdict", disclosure::name_of(result.after.verdict)},
          {"verdicts", std::move(verdicts)},
          {"findings", pages::findings_json(result.after)},
          {"diff", folder_of(call).diff(source.bytes, result.page, path)}};
}

}  // namespace

http::Response review_page(Call& call) {
  const std::string path = path_of(call.query_value("path"));
  const PageSource source = source_of(call, path);
  const auto report = call.site.pages.audit(source.bytes, ask_for(source, path));
  return json_response({{"schema", "candor.page.review/1"},
                        {"path", path},
                        {"file", source.file},
                        {"writable", source.writable},
                        {"version", version_of(source.bytes)},
                        {"audit", with_contexts(pages::audit_json(report), source.bytes)},
                        {"fix", fix_json(call, source, path)}});
}

http::Response fix_page(Call& call) {
  const json body = read_body(call, "A fix", {"path", "version"});
  const std::string path = path_of(text_member(body, "path"));
  call.note.subject = path;
  const PageSource source = source_of(call, path);
  if (text_member(body, "version") != version_of(source.bytes))
    throw Problem(412, "The page was changed meanwhile. Look at the fix again.", "version");
  if (!source.writable)
    throw Problem(409, source.file + " cannot be written by Candor. Run candor inject on it as " +
                           "who may, or give Candor's user the right.");
  auto ask = ask_for(source, path);
  ask.record = true;
  const auto result = call.site.pages.inject(source.bytes, ask);
  if (result.outcome == disclosure::InjectOutcome::PassedThrough)
    throw Problem(409, "The page cannot be mended safely: " + result.why_passed_through + ".");
  if (result.page != source.bytes && !folder_of(call).replace(path, source.bytes, result.page))
    throw Problem(412, "The page was changed meanwhile. Look at the fix again.", "version");
  return json_response({{"schema", "candor.page.fix/1"},
                        {"path", path},
                        {"file", source.file},
                        {"outcome", disclosure::name_of(result.outcome)},
                        {"verdict", disclosure::name_of(result.after.verdict)},
                        {"version", version_of(result.page)}});
}

http::Response undo_page_fix(Call& call) {
  const json body = read_body(call, "An undo", {"path"});
  const std::string path = path_of(text_member(body, "path"));
  call.note.subject = path;
  if (!folder_of(call).restore(path))
    throw Problem(409,
                  "There is nothing to take back: the page was changed since, or not by a fix.");
  const PageSource source = source_of(call, path);
  auto ask = ask_for(source, path);
  ask.record = true;
  const auto report = call.site.pages.audit(source.bytes, ask);
  return json_response({{"schema", "candor.page.fix/1"},
                        {"path", path},
                        {"file", source.file},
                        {"outcome", "restored"},
                        {"verdict", disclosure::name_of(report.verdict)},
                        {"version", version_of(source.bytes)}});
}

}  // namespace candor::api
