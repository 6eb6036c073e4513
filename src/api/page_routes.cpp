// Pages through the API: HTML in, findings (and the disclosed page) out.
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/routes.h"
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

}  // namespace

http::Response inject_page(Call& call) {
  const bool store = call.query_value("preview") != "1";
  const auto result = store ? call.site.pages.inject(call.request.body, page_path(call))
                            : call.site.pages.preview(call.request.body, page_path(call));
  json body{{"schema", "candor.inject/1"},
            {"outcome", disclosure::name_of(result.outcome)},
            {"why_passed_through", result.why_passed_through},
            {"edit_count", result.edit_count},
            {"before", pages::audit_json(result.before)},
            {"after", pages::audit_json(result.after)}};
  // JSON text is UTF-8; a page in another encoding must still come back byte for byte.
  if (is_utf8(result.page)) {
    body["page"] = result.page;
  } else {
    body["page_base64"] = base64(result.page);
  }
  return json_response(body);
}

http::Response audit_page(Call& call) {
  json body = pages::audit_json(call.site.pages.audit(call.request.body, page_path(call)));
  body["schema"] = "candor.audit/1";
  return json_response(body);
}

}  // namespace candor::api
