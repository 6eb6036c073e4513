// Whatever a network's server sends is a commission, none, or an error that names a parameter. The
// first byte chooses the network; the rest is a query, or a JSON body.
#include <array>

#include "fuzz/fuzz_target.h"
#include "link/url.h"
#include "networks/json_records.h"
#include "networks/postback.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  if (bytes.empty()) return;
  constexpr std::array<std::string_view, 5> kNetworks{"awin", "impact", "partnerize", "clickbank",
                                                      "acme"};
  const std::string_view network =
      kNetworks[static_cast<unsigned char>(bytes[0]) % kNetworks.size()];
  const std::string_view rest = bytes.substr(1);
  networks::PostbackValues values;
  if (rest.starts_with('{')) {
    auto read = networks::read_json_values(rest);
    if (!read) {
      must_hold(!read.error().empty(), "an error says what is wrong");
      return;
    }
    for (auto& [name, value] : read->values) values[name] = std::move(value);
  } else {
    for (auto& [name, value] : parse_query(rest)) values.insert_or_assign(name, value);
  }
  const auto row = networks::read_postback(network, values, {.account = "1", .currency = {}});
  if (!row) {
    must_hold(!row.error().name.empty() && !row.error().message.empty(), "an error has a name");
    return;
  }
  if (!*row) return;
  must_hold(!(*row)->identity.empty(), "a commission has an identity");
  must_hold(find_currency((*row)->currency.text()) == (*row)->currency, "and a currency");
  const auto again = networks::read_postback(network, values, {.account = "1", .currency = {}});
  must_hold(again.has_value() && again.value() == row.value(), "same values, same answer");
}

}  // namespace candor::fuzz
