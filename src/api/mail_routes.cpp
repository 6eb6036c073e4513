// Mail: whether it gets through, and what is on its way.
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/post.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kMost = 200;

json moment(const std::optional<std::int64_t>& at_ms) {
  return at_ms ? json(format_rfc3339(*at_ms)) : json(nullptr);
}

std::string way_of(const mail::Delivery& delivery) {
  if (delivery.host.empty()) return delivery.sendmail.string();
  return fmt::format("{}:{} ({})", delivery.host, delivery.port, name_of(delivery.encryption));
}

}  // namespace

http::Response list_mails(Call& call) {
  json data = json::array();
  for (const store::Mail& mail : call.site.store.list_mails(kMost))
    data.push_back({{"id", mail.id},
                    {"key", mail.key},
                    {"to", mail.to},
                    {"state", mail.delivered_at_ms ? "delivered" : "waiting"},
                    {"created_at", format_rfc3339(mail.created_at_ms)},
                    {"delivered_at", moment(mail.delivered_at_ms)},
                    {"attempts", mail.attempts},
                    {"error", mail.error}});
  return json_response({{"schema", "candor.mail.list/1"},
                        {"configured", call.site.nightly.mail.is_set()},
                        {"data", std::move(data)}});
}

http::Response test_mail(Call& call) {
  const json body =
      call.request.body.empty() ? json::object() : read_body(call, "A test mail", {"to"});
  jobs::MailSettings settings = call.site.nightly.mail;
  if (!settings.is_set())
    throw Problem(409, "Mail is not set up: name its sender in candor.toml, [mail] from.");
  if (const std::string to = text_member(body, "to"); !to.empty()) {
    if (!mail::is_address(to)) throw Problem(422, "to is no mail address.", "to");
    settings.to = {to};
  }
  if (settings.to.empty())
    throw Problem(422, "Say who gets it, or name somebody in candor.toml, [mail] to.", "to");
  const std::int64_t began_ms = to_ms(call.site.clock.now());
  mail::Message message =
      jobs::new_message(settings, call.site.clock,
                        call.site.settings.hosts.empty() ? "" : call.site.settings.hosts[0],
                        call.site.settings.name, fmt::format("test.{}", began_ms));
  message.subject = call.site.settings.name + ": test mail";
  message.text = "Mail from Candor gets through.\n";
  message.html =
      "<!doctype html>\n<html lang=\"en\"><body><p>Mail from Candor gets through.</p>"
      "</body></html>\n";
  if (const auto sent = jobs::send_now(message, settings); !sent)
    throw Problem(502, "The mail was not taken: " + sent.error().message);
  return json_response({{"schema", "candor.mail.test/1"},
                        {"to", settings.to},
                        {"by", way_of(settings.delivery)},
                        {"took_ms", to_ms(call.site.clock.now()) - began_ms}});
}

http::Response remove_mail(Call& call) {
  const std::string& text = call.path.find("id")->second;
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || !call.site.store.remove_mail(id))
    throw Problem(404, "No mail \"" + text + "\" waits. List them: candor mail list");
  return json_response({{"id", id}});
}

}  // namespace candor::api
