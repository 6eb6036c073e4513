// Pages through the API: HTML in, findings (and the disclosed page) out.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "api/fragment_query.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/wording/jurisdictions.h"
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

std::string decode_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    throw Problem(422, "page_base64 is no base64.", "page_base64");
  bytes.resize(length);
  return bytes;
}

/// A page, with what of its site the caller could read for it.
struct SentPage {
  std::string bytes;
  std::map<std::string, std::string, std::less<>> site_files;  ///< by address
};

SentPage read_envelope(const std::string& body) {
  const json sent = json::parse(body, nullptr, false);
  if (!sent.is_object()) throw Problem(400, "The body is no JSON object.");
  SentPage page;
  if (sent.contains("page_base64") && sent.at("page_base64").is_string()) {
    page.bytes = decode_base64(sent.at("page_base64").get<std::string>());
  } else if (sent.contains("page") && sent.at("page").is_string()) {
    page.bytes = sent.at("page").get<std::string>();
  } else {
    throw Problem(422, "page is missing: the page's HTML, or its bytes in page_base64.", "page");
  }
  if (!sent.contains("site_files")) return page;
  if (!sent.at("site_files").is_object())
    throw Problem(422, "site_files is an object of addresses and texts.", "site_files");
  for (const auto& [address, text] : sent.at("site_files").items()) {
    if (!text.is_string()) throw Problem(422, "A text in site_files is no string.", "site_files");
    page.site_files.emplace(address, text.get<std::string>());
  }
  return page;
}

/// What a browser or curl would call HTML, or JSON with the page in it; a body without a type is
/// taken for a page.
SentPage read_sent_page(const Call& call) {
  std::string_view type = call.request.find_header("Content-Type").value_or("text/html");
  type = ascii::trim(type.substr(0, type.find(';')));
  SentPage page;
  if (ascii::equals_ignoring_case(type, "application/json")) {
    page = read_envelope(call.request.body);
  } else {
    const bool is_html = std::ranges::any_of(
        std::array{"text/html", "application/xhtml+xml", "application/octet-stream"},
        [&](const char* html) { return ascii::equals_ignoring_case(type, html); });
    if (!is_html)
      throw Problem(415, "The body is a page: send it as Content-Type: text/html, not as \"" +
                             std::string(type) + "\".");
    page.bytes = call.request.body;
  }
  if (page.bytes.size() > disclosure::kPageLimit)
    throw Problem(413, "A page is at most " + std::to_string(disclosure::kPageLimit) + " bytes.");
  return page;
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

bool flag(const Call& call, std::string_view name) {
  const std::string text = call.query_value(name);
  if (text.empty() || text == "0") return false;
  if (text == "1") return true;
  throw Problem(422, std::string(name) + " is 1 or 0.", std::string(name));
}

/// `page` must outlive what it is asked for.
pages::PageAsk page_ask(const Call& call, const SentPage& page) {
  pages::PageAsk ask{.path = page_path(call),
                     .jurisdictions = jurisdictions(call),
                     .language = language(call),
                     .replace_legacy = flag(call, "replace_legacy"),
                     .record = !flag(call, "preview")};
  if (!page.site_files.empty())
    ask.stylesheet = ask.variant = [&page](std::string_view address) -> std::optional<std::string> {
      const auto found = page.site_files.find(address);
      if (found == page.site_files.end()) return std::nullopt;
      return found->second;
    };
  return ask;
}

}  // namespace

http::Response inject_page(Call& call) {
  const SentPage sent = read_sent_page(call);
  const pages::PageAsk ask = page_ask(call, sent);
  const bool is_fragment = call.query_value("fragment") == "1";
  const pages::FragmentPage around = page_around(call);
  const std::string page = is_fragment ? pages::page_of_fragment(sent.bytes, around) : sent.bytes;
  auto result = ask.record ? call.site.pages.inject(page, ask) : call.site.pages.preview(page, ask);
  std::string head;
  if (is_fragment) {
    pages::DisclosedFragment cut = pages::cut_fragment(result, sent.bytes, around);
    result.page = std::move(cut.content);
    head = std::move(cut.head);
  }
  json body{{"schema", "candor.inject/1"},
            {"outcome", disclosure::name_of(result.outcome)},
            {"why_passed_through", result.why_passed_through},
            {"edit_count", result.edit_count},
            {"notes", result.notes},
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
  const SentPage sent = read_sent_page(call);
  const bool is_fragment = call.query_value("fragment") == "1";
  const pages::FragmentPage around = page_around(call);
  disclosure::AuditReport report = call.site.pages.audit(
      is_fragment ? pages::page_of_fragment(sent.bytes, around) : sent.bytes, page_ask(call, sent));
  if (is_fragment) pages::move_to_fragment(report, around);
  json body = pages::audit_json(report);
  body["schema"] = "candor.audit/1";
  return json_response(body);
}

}  // namespace candor::api
