// Any bytes are a table whose columns can be guessed, or an error that says what to do; what was
// guessed is written and read unchanged, and reads the file it was guessed from.
#include "networks/mapping.h"

#include "fuzz/fuzz_target.h"
#include "fuzz/report_rows.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  (void)networks::parse_mapping(bytes);
  const auto guess = networks::guess_mapping(bytes);
  if (!guess) {
    must_hold(!guess.error().message.empty(), "an error says what is wrong");
    return;
  }
  networks::Mapping mapping = guess->mapping;
  mapping.name = "guessed";
  mapping.network = "guessed";
  if (networks::fault_of(mapping)) return;
  const auto read = networks::parse_mapping(networks::to_toml(mapping));
  must_hold(read && *read == mapping, "a mapping is written and read unchanged");
  networks::ReportOptions options;
  options.currency = find_currency("GBP");
  const auto file = networks::read_mapped(bytes, mapping, options);
  must_hold(file.has_value(), "a mapping reads the file that it was made from");
  check_rows(*file);
}

}  // namespace candor::fuzz
