#pragma once
// The country of an address and whose network it belongs to. Addresses come in, and go nowhere.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "click/click.h"
#include "geo/database_file.h"

namespace candor::geo {

/// Databases in MaxMind's format: DB-IP's, MaxMind's, IPinfo's or ip-location-db's. Empty: none.
struct AtlasOptions {
  std::filesystem::path country_db;
  std::filesystem::path asn_db;
  friend bool operator==(const AtlasOptions&, const AtlasOptions&) = default;
};

struct Place {
  Country country;
  AsnClass asn_class = AsnClass::Unknown;
  std::uint32_t asn = 0;  ///< number of the network; 0: unknown
};

struct DatabaseNote {
  std::string purpose;  ///< "country" or "network"
  std::filesystem::path path;
  std::string type;
  std::int64_t built_at_ms = 0;
  std::string credit;  ///< what its licence asks to show where its data is shown; may be empty
};

/// Const and thread-safe once made.
class Atlas {
 public:
  /// Knows nothing.
  Atlas() = default;
  /// A database that cannot be used is left out, and said in `problems`.
  Atlas(const AtlasOptions& options, std::vector<std::string>& problems);

  Place locate(const Address& address) const;
  std::vector<DatabaseNote> notes() const;

 private:
  std::optional<DatabaseFile> countries_;
  std::optional<DatabaseFile> networks_;
  AtlasOptions options_;
};

/// The line that a maker's licence asks for, by the type its database names, or by the name of its
/// file; empty when we know of none.
std::string credit_for(std::string_view database_type, std::string_view file_name);

}  // namespace candor::geo
