// The OpenAPI document as a page: no script, the dashboard's style sheets.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "api/openapi.h"

namespace candor::api {
namespace {

using Json = nlohmann::ordered_json;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string last_of(const std::string& reference) {
  return reference.substr(reference.rfind('/') + 1);
}

std::string joined(const Json& texts) {
  std::string out;
  for (const Json& each : texts)
    out += (out.empty() ? "" : ", ") + (each.is_string() ? each.get<std::string>() : each.dump());
  return out;
}

/// In words, with a link to the schema that is named.
std::string type_html(const Json& schema) {
  if (schema.contains("$ref")) {
    const std::string name = last_of(schema.at("$ref"));
    return fmt::format("<a href=\"#schema-{0}\">{0}</a>", escaped(name));
  }
  if (schema.contains("anyOf")) return type_html(schema.at("anyOf").at(0)) + " or null";
  if (schema.contains("enum")) return "one of " + escaped(joined(schema.at("enum")));
  if (!schema.contains("type")) return "anything";
  Json type = schema.at("type");
  std::string null;
  if (type.is_array()) {
    type = type.at(0);
    null = " or null";
  }
  if (type == "array") return "list of " + type_html(schema.at("items")) + null;
  if (type == "object" && schema.contains("additionalProperties"))
    return "by name: " + type_html(schema.at("additionalProperties")) + null;
  if (type == "object" && schema.contains("properties")) {
    std::string members;
    for (const auto& [name, each] : schema.at("properties").items())
      members +=
          (members.empty() ? "" : ", ") + ("<code>" + escaped(name) + "</code> ") + type_html(each);
    return "{ " + members + " }" + null;
  }
  std::string word = type.get<std::string>();
  if (schema.contains("format")) word = schema.at("format").get<std::string>();
  return word + null;
}

std::string table_row(const std::string& name, const std::string& kind, const std::string& type,
                      const std::string& about) {
  return fmt::format(
      "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
      escaped(name), kind, type, escaped(about));
}

std::string table(const char* caption, const std::string& rows) {
  if (rows.empty()) return {};
  return fmt::format(
      "<table class=\"data\"><caption>{}</caption><thead><tr><th scope=\"col\">Name</th><th "
      "scope=\"col\">Where</th><th scope=\"col\">Type</th><th scope=\"col\">Meaning</th></tr>"
      "</thead><tbody>\n{}</tbody></table>\n",
      caption, rows);
}

std::string content_html(const Json& holder) {
  std::string out;
  if (!holder.contains("content")) return "nothing";
  for (const auto& [media, each] : holder.at("content").items())
    out += (out.empty() ? "" : "; ") + ("<code>" + escaped(media) + "</code> ") +
           type_html(each.at("schema"));
  return out;
}

std::string security_html(const Json& operation) {
  const Json& security = operation.at("security");
  if (security.empty()) return "Open to all.";
  std::string out;
  for (const Json& each : security)
    if (each.contains("token")) out = " Tokens of scope " + escaped(joined(each.at("token"))) + ".";
  return escaped(operation.value("description", "")) + out;
}

std::string operation_html(const std::string& method, const std::string& path,
                           const Json& operation) {
  std::string rows;
  for (const Json& each : operation.value("parameters", Json::array())) {
    const std::string place =
        each.at("in").get<std::string>() + (each.value("required", false) ? ", needed" : "");
    rows += table_row(each.at("name"), place, type_html(each.at("schema")),
                      each.value("description", ""));
  }
  std::string body;
  if (operation.contains("requestBody"))
    body = "<p>Takes " + content_html(operation.at("requestBody")) + "</p>\n";
  std::string answers;
  for (const auto& [status, answer] : operation.at("responses").items())
    if (status.starts_with('2'))
      answers = fmt::format("<p>Answers {}: {}</p>\n", status, content_html(answer));
  return fmt::format(
      "<section class=\"operation\" id=\"{}\">\n<h3><code>{} {}</code></h3>\n<p>{}</p>\n<p "
      "class=\"soft\">{}</p>\n{}{}{}</section>\n",
      escaped(operation.at("operationId").get<std::string>()), escaped(method), escaped(path),
      escaped(operation.at("summary").get<std::string>()), security_html(operation),
      table("Parameters", rows), body, answers);
}

std::string schema_html(const std::string& name, const Json& schema) {
  std::string rows;
  const Json required = schema.value("required", Json::array());
  const Json members = schema.value("properties", Json::object());
  for (const auto& [member, each] : members.items()) {
    const bool needed = std::find(required.begin(), required.end(), Json(member)) != required.end();
    rows += table_row(member, needed ? "always" : "may be absent", type_html(each),
                      each.value("description", ""));
  }
  return fmt::format(
      "<section class=\"operation\" id=\"schema-{0}\">\n<h3>{0}</h3>\n{1}</section>\n",
      escaped(name), table("Members", rows));
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

constexpr const char* kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>Candor: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/css/base.css">
<link rel="stylesheet" href="/css/layout.css">
<link rel="stylesheet" href="/css/tables.css">
<link rel="stylesheet" href="/css/docs.css">
</head>
<body class="docs">
<main id="main">
<h1>The API</h1>
)";

}  // namespace

std::string openapi_page(const Json& document) {
  std::map<std::string, std::string> by_tag;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items())
      by_tag[operation.at("tags").at(0).get<std::string>()] +=
          operation_html(upper(method), path, operation);
  std::string page = kHead;
  page += "<p>" + escaped(document.at("info").at("description").get<std::string>()) + "</p>\n";
  page += "<p>For programs: <a href=\"/api/v1/openapi.json\">the same as OpenAPI 3.1</a>.</p>\n";
  page += "<nav aria-label=\"Parts of the API\"><ul>\n";
  for (const auto& [tag, sections] : by_tag)
    page += fmt::format("<li><a href=\"#tag-{0}\">{0}</a></li>\n", escaped(tag));
  page += "<li><a href=\"#schemas\">shapes</a></li>\n</ul></nav>\n";
  for (const auto& [tag, sections] : by_tag)
    page += fmt::format("<h2 id=\"tag-{0}\">{0}</h2>\n{1}", escaped(tag), sections);
  page += "<h2 id=\"schemas\">Shapes</h2>\n";
  for (const auto& [name, schema] : document.at("components").at("schemas").items())
    page += schema_html(name, schema);
  return page + "</main>\n</body>\n</html>\n";
}

}  // namespace candor::api
