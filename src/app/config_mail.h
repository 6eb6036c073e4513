#pragma once
// What candor.toml says of mail, and of looking after links.
#include "app/config.h"

namespace candor::app {

class Section;

/// [mail]; paths are relative to the configuration's folder. The password never stands in the file:
/// it is in a file of its own, or in $CANDOR_MAIL_PASSWORD.
void read_mail(Section& section, Config& config);

/// [links]
void read_link_checks(Section& section, Config& config);

}  // namespace candor::app
