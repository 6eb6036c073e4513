#include "geo/atlas.h"

#include <array>
#include <charconv>

#include "base/ascii.h"
#include "geo/hosting_networks.h"

namespace candor::geo {
namespace {

using Keys = std::array<const char*, 2>;

std::optional<DatabaseFile> open(const std::filesystem::path& path,
                                 std::vector<std::string>& problems) {
  if (path.empty()) return std::nullopt;
  try {
    return DatabaseFile(path);
  } catch (const BadDatabase& bad) {
    problems.emplace_back(bad.what());
    return std::nullopt;
  }
}

/// The first of the keys under which a maker keeps it.
std::string first_text(const DatabaseFile::Entry& entry,
                       std::initializer_list<std::span<const char* const>> paths) {
  for (const auto path : paths)
    if (auto text = entry.text(path)) return *text;
  return {};
}

// MaxMind and DB-IP nest the code; ip-location-db and IPinfo keep it flat.
Country country_of(const DatabaseFile::Entry& entry) {
  static constexpr Keys kNested{"country", "iso_code"};
  static constexpr std::array<const char*, 1> kFlat{"country_code"};
  static constexpr std::array<const char*, 1> kPlain{"country"};
  return Country::parse(first_text(entry, {kNested, kFlat, kPlain})).value_or(Country{});
}

// A number, or IPinfo's "AS64500".
std::uint32_t number_of(const DatabaseFile::Entry& entry) {
  static constexpr std::array<const char*, 1> kNumber{"autonomous_system_number"};
  static constexpr std::array<const char*, 1> kName{"asn"};
  if (const auto number = entry.number(kNumber)) return *number;
  const std::string name = entry.text(kName).value_or("");
  std::uint32_t number = 0;
  if (name.starts_with("AS")) std::from_chars(name.data() + 2, name.data() + name.size(), number);
  return number;
}

std::string holder_of(const DatabaseFile::Entry& entry) {
  static constexpr std::array<const char*, 1> kMaxMind{"autonomous_system_organization"};
  static constexpr std::array<const char*, 1> kIpInfo{"as_name"};
  static constexpr std::array<const char*, 1> kName{"name"};
  return first_text(entry, {kMaxMind, kIpInfo, kName});
}

}  // namespace

Atlas::Atlas(const AtlasOptions& options, std::vector<std::string>& problems)
    : countries_(open(options.country_db, problems)),
      networks_(open(options.asn_db, problems)),
      options_(options) {}

Place Atlas::locate(const Address& address) const {
  Place place;
  if (countries_)
    if (const auto entry = countries_->find(address)) place.country = country_of(*entry);
  if (networks_)
    if (const auto entry = networks_->find(address)) {
      place.asn = number_of(*entry);
      place.asn_class = class_of(place.asn, holder_of(*entry));
    }
  return place;
}

std::vector<DatabaseNote> Atlas::notes() const {
  std::vector<DatabaseNote> all;
  const auto note = [&all](const char* purpose, const std::filesystem::path& path,
                           const std::optional<DatabaseFile>& file) {
    if (file)
      all.push_back({purpose, path, file->type(), file->built_at_ms(),
                     credit_for(file->type(), path.filename().string())});
  };
  note("country", options_.country_db, countries_);
  note("network", options_.asn_db, networks_);
  return all;
}

std::string credit_for(std::string_view database_type, std::string_view file_name) {
  const std::string type = ascii::to_lower(database_type);
  // ip-location-db calls every database "country ipvAll" and names the maker in the file's name.
  if (type.starts_with("dbip") || type.starts_with("db-ip") || file_name.starts_with("dbip"))
    return "IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0";
  if (type.starts_with("geolite2") || type.starts_with("geoip2"))
    return "This product includes GeoLite data created by MaxMind, available from "
           "https://www.maxmind.com";
  if (type.starts_with("ipinfo")) return "IP address data powered by IPinfo (https://ipinfo.io)";
  return {};
}

}  // namespace candor::geo
