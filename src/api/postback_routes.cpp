// What networks' servers tell by themselves. Such a request stands on its own: it names its sender
// by a token that is good for nothing else, and is taken whole or refused.
#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/clickbank_notification.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "jobs/attribute.h"
#include "jobs/postback.h"
#include "link/url.h"
#include "networks/json_records.h"
#include "store/errors.h"

namespace candor::api {
namespace {

using networks::PostbackValues;
using nlohmann::json;

void add_json(PostbackValues& values, std::string_view text) {
  auto read = networks::read_json_values(text);
  if (!read) throw Problem(422, "The postback's body: " + read.error() + ".", "body");
  for (auto& [name, value] : read->values) values[name] = std::move(value);
}

void add_body(PostbackValues& values, const std::string& body) {
  const std::string_view start = ascii::trim(body);
  if (start.starts_with('{') || start.starts_with('[')) return add_json(values, body);
  for (auto& [name, value] : parse_query(body)) values.insert_or_assign(name, value);
}

/// Of the address and the body; what is said of our own side (the account) is left out.
PostbackValues values_of(const Call& call, const std::string& network) {
  // Awin's POST holds its JSON in a form's one field.
  constexpr std::string_view kAwinField = "AwinTransactionPush";
  PostbackValues values{call.query.begin(), call.query.end()};
  if (network == "clickbank") {
    const std::string& secret = call.site.networks.clickbank_secret;
    if (secret.empty())
      throw Problem(503,
                    "ClickBank's notifications are sealed: set revenue.clickbank_secret to the "
                    "secret key of My Site at ClickBank.");
    const auto opened = open_notification(call.request.body, secret);
    if (!opened) throw Problem(422, "Of the postback, " + opened.error() + ".", "notification");
    add_json(values, *opened);
  } else {
    add_body(values, call.request.body);
  }
  if (const auto sealed = values.find(kAwinField); sealed != values.end()) {
    const std::string text = sealed->second;
    values.erase(sealed);
    add_json(values, text);
  }
  values.erase("account");
  return values;
}

networks::PostbackOptions options_of(const Call& call, const std::string& network) {
  networks::PostbackOptions options;
  options.account = call.query_value("account");
  const auto& currency = call.site.nightly.currency;
  if (const auto known = currency.find(network); known != currency.end())
    options.currency = known->second;
  const auto& names = call.site.networks.postback_names;
  if (const auto own = names.find(network); own != names.end()) options.names = own->second;
  return options;
}

/// The money is in; it is credited at once when nobody else is crediting, else by them or at night.
void credit(Call& call) {
  const std::unique_lock lock(call.site.nightly_mutex, std::try_to_lock);
  if (!lock) return;
  try {
    jobs::attribute_new(call.site.store, {call.site.keys, call.site.settings.hosts,
                                          call.site.nightly.model, to_ms(call.site.clock.now())});
  } catch (const std::exception&) {
    // A network that is told of a failure would send again what has been taken.
  }
}

}  // namespace

http::Response take_postback(Call& call) {
  const std::string& network = call.path.find("network")->second;
  if (!networks::is_mapping_name(network))
    throw Problem(404, "There is no network of that name.", "network");
  // A network that looks whether the address answers tells of nothing.
  if (call.request.method == "HEAD") return json_response({{"schema", "candor.postback/1"}});
  const auto row =
      networks::read_postback(network, values_of(call, network), options_of(call, network));
  if (!row)
    throw Problem(422, row.error().name + ": " + row.error().message + ".", row.error().name);
  json answer{{"schema", "candor.postback/1"}, {"network", network}};
  if (!*row) {
    answer["taken"] = false;
    return json_response(answer);
  }
  const auto result = jobs::take_postback(call.site.store, network, **row,
                                          to_ms(call.site.clock.now()), call.site.zone);
  if (!result.repeated) credit(call);
  answer["taken"] = true;
  answer["repeated"] = result.repeated;
  answer["import"] = result.import.id.value;
  answer["identity"] = (*row)->identity;
  return json_response(answer);
}

}  // namespace candor::api
