#include "report/conversion.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace candor::report {

nlohmann::ordered_json conversion_json(const std::optional<Conversion>& conversion) {
  using Json = nlohmann::ordered_json;
  if (!conversion) return nullptr;
  Json json;
  json["currency"] = std::string(conversion->currency.text());
  json["rates"] = Json::array();
  for (const UsedRate& rate : conversion->rates)
    json["rates"].push_back({{"id", rate.id},
                             {"day", rate.day},
                             {"currency", std::string(rate.currency.text())},
                             {"per_euro_micro", rate.per_euro_micro}});
  json["unconverted"] = Json::array();
  for (const UnconvertedLine& line : conversion->unconverted)
    json["unconverted"].push_back({{"currency", std::string(line.currency.text())},
                                   {"from", line.from_day},
                                   {"to", line.to_day},
                                   {"amount_micro", line.micro_units}});
  return json;
}

std::vector<std::string> conversion_texts(const std::optional<Conversion>& conversion) {
  std::vector<std::string> texts;
  if (!conversion) return texts;
  texts.push_back(fmt::format(
      "In {} by the European Central Bank's rates of each commission's day, or the last ones "
      "before it, at most ten days back: {} {} used.",
      conversion->currency.text(), conversion->rates.size(),
      conversion->rates.size() == 1 ? "rate" : "rates"));
  for (const UnconvertedLine& line : conversion->unconverted)
    texts.push_back(fmt::format(
        "NOT CONVERTED, in lines of its own: {} {} of all statuses, {} to {}, for which no rate is "
        "imported (candor rates import).",
        format_amount(line.micro_units, line.currency), line.currency.text(), line.from_day,
        line.to_day));
  return texts;
}

}  // namespace candor::report
