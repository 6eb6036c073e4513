// Probes: what the redirect front saw of the owner's own test requests, for candor doctor --url.
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "click/probe_book.h"

namespace candor::api {
namespace {

using nlohmann::json;

ProbeBook& book(const Call& call) {
  if (call.site.probes == nullptr)
    throw Problem(409, "No redirect front runs in this process. Start it: candor serve");
  return *call.site.probes;
}

}  // namespace

http::Response open_probe(Call& call) {
  refuse_members(call, "A probe");
  const std::string key = book(call).open(call.site.random, call.site.clock.now());
  return json_response(
      {{"key", key}, {"header", kProbeHeader}, {"expires_in_s", ProbeBook::kLife.count()}}, 201);
}

http::Response show_probe(Call& call) {
  const auto seen = book(call).seen(call.path.find("key")->second, call.site.clock.now());
  if (!seen) throw Problem(404, "There is no such probe, or its minute is over.");
  json data = json::array();
  for (const ProbeSighting& each : *seen)
    data.push_back({{"peer", each.peer},
                    {"peer_trusted", each.peer_trusted},
                    {"forwarded", each.forwarded},
                    {"client", each.client},
                    {"client_trusted", each.client_trusted},
                    {"scheme", each.scheme},
                    {"referer", each.referer}});
  return json_response({{"schema", "candor.probe/1"}, {"data", std::move(data)}});
}

}  // namespace candor::api
