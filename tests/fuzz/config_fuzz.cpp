// Any text is a configuration, or is refused with the reason; nothing else happens.
#include "app/config.h"

#include "fuzz/fuzz_target.h"
#include "fuzz/one_file_folder.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  static const OneFileFolder folder("candor.toml");
  folder.write(bytes);
  try {
    const app::Config config = app::load_config(folder.file());
    must_hold(config.data_dir.is_absolute() && config.drop_dir.is_absolute(),
              "folders have places");
    must_hold(!config.site.name.empty() && !config.site.hosts.empty(), "a site has a name");
    must_hold(config.site.go_url.ends_with(config.go_prefix), "links begin with the prefix");
  } catch (const app::ConfigError& error) {
    must_hold(std::string_view(error.what()).starts_with(folder.file().string() + ":"),
              "an error begins with the file");
  }
}

}  // namespace candor::fuzz
