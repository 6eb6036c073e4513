// Verdicts over again: newer rules on the clicks of the past.
#include <charconv>
#include <nlohmann/json.hpp>
#include <system_error>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "click/test_token.h"
#include "jobs/reclassify.h"
#include "link/url.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// Compiled at first need: it takes longer than a request should, and much memory.
const BotFilter& bots() {
  static const BotFilter kBots;
  return kBots;
}

/// The first moment of the day a member names, or of the day behind it; `otherwise` when absent.
std::int64_t day_edge(const Call& call, const json& body, const char* member, int behind,
                      std::int64_t otherwise) {
  const std::string text = text_member(body, member);
  if (text.empty()) return otherwise;
  const auto day = rollup::parse_day(text);
  if (!day) throw Problem(422, std::string(member) + ": " + day.error(), member);
  return call.site.zone.start_of(*day + behind);
}

ClickId id_member(const json& body, const char* member, ClickId otherwise) {
  const std::string text = text_member(body, member);
  if (text.empty()) return otherwise;
  ClickId id;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, id.value);
  if (error != std::errc{} || rest != end || id.value < 0)
    throw Problem(422, std::string(member) + " must be a click's id.", member);
  return id;
}

}  // namespace

http::Response reclassify_clicks(Call& call) {
  const json body = read_body(call, "A run", {"from", "to", "after", "dry_run"});
  jobs::ReclassifyRange range;
  const std::int64_t from_ms = day_edge(call, body, "from", 0, kClickEpochMs);
  const std::int64_t to_ms = day_edge(call, body, "to", 1, 0);
  // Exclusive below; what is clicked while this runs is judged by today's rules anyway.
  range.after = id_member(body, "after", ClickId{first_click_id(from_ms).value - 1});
  range.before =
      to_ms != 0 ? first_click_id(to_ms) : ClickId{call.site.store.last_click().value + 1};
  range.dry_run = flag_member(body, "dry_run");
  const jobs::ReclassifyReport report =
      jobs::reclassify(call.site.store, bots(), call.site.zone, call.site.clock, range);
  json changes = json::array();
  for (const auto& [verdicts, clicks] : report.changes)
    changes.push_back(
        {{"was", name_of(verdicts.first)}, {"is", name_of(verdicts.second)}, {"clicks", clicks}});
  return json_response(
      {{"schema", "candor.click.reclassify/1"},
       {"dry_run", range.dry_run},
       {"looked_at", report.looked_at},
       {"changed", report.changed},
       {"changes", std::move(changes)},
       {"next", report.next ? json(std::to_string(report.next->value)) : json(nullptr)}});
}

http::Response test_click(Call& call) {
  const std::string slug = text_member(read_body(call, "A test", {"link"}), "link");
  const auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\".", "link");
  if (call.site.keys.empty()) throw Problem(503, "There is no key to sign with.");
  const std::string token =
      make_test_token(test_key_of(call.site.keys.front()), call.site.clock.now());
  return json_response({{"schema", "candor.click.test/1"},
                        {"url", call.site.settings.go_url + percent_encode(slug) + "?" +
                                    std::string(kTestParameter) + "=" + token},
                        {"valid_s", kTestTokenLifeMs / 1000}});
}

}  // namespace candor::api
