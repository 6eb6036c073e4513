// Pages through the API: HTML in, findings (and the disclosed page) out.
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/fragment_query.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "disclosure/jurisdictions.h"
#include "link/url.h"
#include "pages/findings_json.h"

namespace candor::api {
namespace {

using nlohmann::json;

std::string page_path(const Call& call) {
  std::string path = call.query_value("path");
  // Without one, only the page's own canonical link can say which article it is.
  if (path.empty()) return path;
  if (!path.starts_with('/') || path.size() > 2048)
    throw Problem(422, "path is the page's URL path and begins with '/'.", "path");
  return path;
}

bool is_utf8(const std::string& text) {
  try {
    return !json(text).dump().empty();
  } catch (const json::type_error&) {
    return false;
  }
}

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

/// What a browser or curl would call HTML; a body without a type is taken for a page.
void refuse_other_media(const Call& call) {
  std::string_view type = call.request.find_header("Content-Type").value_or("text/html");
  type = ascii::trim(type.substr(0, type.find(';')));
  for (const char* html : {"text/html", "application/xhtml+xml", "application/octet-stream"})
    if (ascii::equals_ignoring_case(type, html)) return;
  throw Problem(415, "The body is a page: send it as Content-Type: text/html, not as \"" +
                         std::string(type) + "\".");
}

/// All of the parameter, repeated or separated by commas.
std::vector<std::string> jurisdictions(const Call& call) {
  std::vector<std::string> codes;
  for (const auto& [name, value] : parse_query(call.request.query)) {
    if (name != "jurisdiction") continue;
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      const auto code = disclosure::parse_jurisdiction(value.substr(at, end - at));
      if (!code) throw Problem(422, code.error() + ".", "jurisdiction");
      codes.push_back(*code);
      at = end + 1;
    }
  }
  return codes;
}

std::string language(const Call& call) {
  const std::string text = call.query_value("language");
  const bool plain = text.size() <= 35 && std::ranges::all_of(text, [](char c) {
                       return ascii::is_alnum(c) || c == '-';
                     });
  if (!plain) throw Problem(422, "language is a tag such as \"de\" or \"en-GB\".", "language");
  return text;
}

pages::PageAsk page_ask(const Call& call) {
  refuse_other_media(call);
  return {
      .path = page_path(call), .jurisdictions = jurisdictions(call), .language = language(call)};
}

}  // namespace

http::Response inject_page(Call& call) {
  const pages::PageAsk ask = page_ask(call);
  const bool store = call.query_value("preview") != "1";
  const bool is_fragment = call.query_value("fragment") == "1";
  const pages::FragmentPage around = page_around(call);
  const std::string page =
      is_fragment ? pages::page_of_fragment(call.request.body, around) : call.request.body;
  auto result = store ? call.site.pages.inject(page, ask) : call.site.pages.preview(page, ask);
  std::string head;
  if (is_fragment) {
    pages::DisclosedFragment cut = pages::cut_fragment(result, call.request.body, around);
    result.page = std::move(cut.content);
    head = std::move(cut.head);
  }
  json body{{"schema", "candor.inject/1"},
            {"outcome", disclosure::name_of(result.outcome)},
            {"why_passed_through", result.why_passed_through},
            {"edit_count", result.edit_count},
            {"before", pages::audit_json(result.before)},
            {"after", pages::audit_json(result.after)}};
  if (is_fragment) body["head"] = head;
  // JSON text is UTF-8; a page in another encoding must still come back byte for byte.
  if (is_utf8(result.page)) {
    body["page"] = result.page;
  } else {
    body["page_base64"] = base64(result.page);
  }
  return json_response(body);
}

http::Response audit_page(Call& call) {
  const bool is_fragment = call.query_value("fragment") == "1";
  const pages::FragmentPage around = page_around(call);
  disclosure::AuditReport report = call.site.pages.audit(
      is_fragment ? pages::page_of_fragment(call.request.body, around) : call.request.body,
      page_ask(call));
  if (is_fragment) pages::move_to_fragment(report, around);
  json body = pages::audit_json(report);
  body["schema"] = "candor.audit/1";
  return json_response(body);
}

}  // namespace candor::api
