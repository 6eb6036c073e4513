// Whatever a database of places holds, it is refused, or answers for every address without harm.
#include <array>
#include <string>

#include "fuzz/fuzz_target.h"
#include "fuzz/one_file_folder.h"
#include "geo/database_file.h"

/// libmaxminddb 1.7 loses a list when the metadata it opens a file by is damaged. Ours are freed.
extern "C" const char* __lsan_default_suppressions() { return "leak:libmaxminddb"; }

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  static const OneFileFolder folder("places.mmdb");
  folder.write(bytes);
  try {
    const geo::DatabaseFile database(folder.file());
    constexpr std::array kCountry{"country", "iso_code"};
    constexpr std::array kNumber{"autonomous_system_number"};
    for (const unsigned first : {0x00U, 0x03U, 0x51U, 0x80U, 0xFFU}) {
      geo::Address old{};
      old[10] = old[11] = 0xFF;  // ::ffff:0:0/96, as IPv4 is kept
      old[12] = static_cast<std::uint8_t>(first);
      geo::Address any{};
      any.fill(static_cast<std::uint8_t>(first));
      for (const geo::Address& address : {old, any}) {
        const auto entry = database.find(address);
        if (!entry) continue;
        if (const auto country = entry->text(kCountry))
          must_hold(country->size() <= bytes.size(), "a text is a part of the file");
        entry->number(kNumber);
      }
    }
  } catch (const geo::BadDatabase& error) {
    must_hold(std::string_view(error.what()).find("places.mmdb") != std::string_view::npos,
              "a refusal names the file");
  }
}

}  // namespace candor::fuzz
