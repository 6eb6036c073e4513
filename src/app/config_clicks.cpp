#include "app/config_clicks.h"

#include <algorithm>

#include "app/config_section.h"
#include "base/ascii.h"

namespace candor::app {
namespace {

bool is_header_name(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

std::filesystem::path database_path(Section& section, const char* key, const Config& config) {
  const std::filesystem::path path = section.text(key, "");
  if (path.empty() || path.is_absolute()) return path;
  return (config.data_dir / path).lexically_normal();
}

}  // namespace

void read_click_rules(Section& section, Config& config) {
  config.flood_per_minute =
      static_cast<unsigned>(section.number("flood_per_minute", config.flood_per_minute, 0, 10'000));
  const std::string data_centre = section.text("data_centre", "mark");
  if (data_centre != "mark" && data_centre != "count")
    section.fail_key("data_centre",
                     "is \"mark\" (clicks from networks of servers do not count) or \"count\"");
  config.count_data_centres = data_centre == "count";
  config.country_header = section.text("country_header", "");
  if (!is_header_name(config.country_header))
    section.fail_key("country_header", "is no name of a header, as in \"CF-IPCountry\"");
}

void read_geo(Section& section, Config& config) {
  config.geo.country_db = database_path(section, "country_db", config);
  config.geo.asn_db = database_path(section, "asn_db", config);
}

}  // namespace candor::app
