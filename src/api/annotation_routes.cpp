// The owner's remarks about days: what is drawn on the time line and listed beside it.
#include <charconv>
#include <nlohmann/json.hpp>
#include <string>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;
using store::Annotation;

constexpr std::size_t kTextMost = 500;

json annotation_json(const Site& site, const Annotation& annotation) {
  const auto article =
      annotation.article ? site.store.find_article(annotation.article) : std::nullopt;
  return {{"id", std::to_string(annotation.id)},
          {"from", rollup::format_day(annotation.from)},
          {"to", rollup::format_day(annotation.to)},
          {"article", article ? article->path : ""},
          {"text", annotation.text},
          {"author", annotation.author},
          {"version", std::to_string(annotation.version)},
          {"created_at", format_rfc3339(annotation.created_at_ms)}};
}

std::string etag_of(const Annotation& annotation) {
  return '"' + std::to_string(annotation.version) + '"';
}

http::Response annotation_response(const Site& site, const Annotation& annotation,
                                   int status = 200) {
  http::Response response = json_response(annotation_json(site, annotation), status);
  response.headers.emplace_back("ETag", etag_of(annotation));
  return response;
}

rollup::DayNumber read_day(const json& body, const char* member, rollup::DayNumber otherwise) {
  const std::string text = text_member(body, member);
  if (text.empty()) return otherwise;
  const auto day = rollup::parse_day(text);
  if (!day) throw Problem(422, std::string(member) + ": " + day.error(), member);
  return *day;
}

/// Members that are not given stay as they are.
void read_members(const Call& call, const json& body, Annotation& annotation) {
  if (body.contains("from")) {
    annotation.from = read_day(body, "from", annotation.from);
    if (!body.contains("to")) annotation.to = std::max(annotation.to, annotation.from);
  }
  if (body.contains("to")) annotation.to = read_day(body, "to", annotation.from);
  if (annotation.to < annotation.from)
    throw Problem(422, "The last day is before the first.", "to");
  if (body.contains("text")) annotation.text = text_member(body, "text");
  if (annotation.text.empty() || annotation.text.size() > kTextMost)
    throw Problem(422, "Say what happened, in at most 500 bytes.", "text");
  if (!body.contains("article")) return;
  const std::string path = text_member(body, "article");
  const auto article = path.empty() ? std::nullopt : call.site.store.find_article(path);
  if (!path.empty() && !article)
    throw Problem(422, "There is no article \"" + path + "\".", "article");
  annotation.article = article ? article->id : ArticleId{};
}

Annotation existing(const Call& call) {
  const std::string& text = call.path.find("id")->second;
  std::int64_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, id);
  auto found = error == std::errc{} && rest == end ? call.site.store.find_annotation(id)
                                                   : std::optional<Annotation>{};
  if (!found) throw Problem(404, "There is no annotation \"" + text + "\".");
  return *std::move(found);
}

/// As for links: two who edit one must not undo each other's changes without a word.
void require_version(const Call& call, const Annotation& annotation) {
  const auto wanted = call.request.find_header("If-Match");
  if (!wanted && call.caller.local) return;
  if (!wanted)
    throw Problem(428, "Say which version of the annotation you saw: If-Match with its ETag.");
  if (*wanted != "*" && wanted->find(etag_of(annotation)) == std::string_view::npos)
    throw Problem(412, "The annotation was changed meanwhile. Look at it again.");
}

}  // namespace

http::Response list_annotations(Call& call) {
  const DayRange range = day_range(call);
  const std::string path = call.query_value("article");
  const auto article = path.empty() ? std::nullopt : call.site.store.find_article(path);
  if (!path.empty() && !article)
    throw Problem(404, "There is no article \"" + path + "\".", "article");
  json data = json::array();
  for (const Annotation& each : call.site.store.list_annotations(range.from, range.to))
    // What was done to the whole site was done to each article.
    if (!article || !each.article || each.article == article->id)
      data.push_back(annotation_json(call.site, each));
  return json_response({{"schema", "candor.annotation.list/1"},
                        {"from", rollup::format_day(range.from)},
                        {"to", rollup::format_day(range.to)},
                        {"data", std::move(data)}});
}

http::Response add_annotation(Call& call) {
  const json body = read_body(call, "An annotation", {"from", "to", "text", "article"});
  Annotation annotation;
  annotation.created_at_ms = to_ms(call.site.clock.now());
  annotation.from = annotation.to = call.site.zone.day_of(annotation.created_at_ms);
  if (body.contains("from")) annotation.to = read_day(body, "from", annotation.from);
  read_members(call, body, annotation);
  annotation.author = log_name(call.who);
  annotation.id = call.site.store.add_annotation(annotation);
  call.note.subject = std::to_string(annotation.id);
  return annotation_response(call.site, annotation, 201);
}

http::Response edit_annotation(Call& call) {
  const json body = read_body(call, "An annotation", {"from", "to", "text", "article"});
  Annotation annotation = existing(call);
  require_version(call, annotation);
  read_members(call, body, annotation);
  if (!call.site.store.update_annotation(annotation))
    throw Problem(412, "The annotation was changed meanwhile. Look at it again.");
  ++annotation.version;
  return annotation_response(call.site, annotation);
}

http::Response remove_annotation(Call& call) {
  const Annotation annotation = existing(call);
  require_version(call, annotation);
  call.site.store.remove_annotation(annotation.id);
  return json_response(annotation_json(call.site, annotation));
}

}  // namespace candor::api
