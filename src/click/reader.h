#pragma once
// The device and system a request comes from: what its user agent says, and what the browser's own
// hints say, which win.
#include <string>
#include <string_view>

#include "click/device.h"

namespace candor {

struct ReaderClass {
  Device device = Device::Unknown;
  Os os = Os::Unknown;

  friend bool operator==(const ReaderClass&, const ReaderClass&) = default;
};

/// Total: any bytes have a class. A tablet that calls itself a desktop (iPads do) is a desktop.
ReaderClass read_reader(std::string_view user_agent);

/// `mobile` and `platform` are the values of Sec-CH-UA-Mobile ("?0", "?1") and Sec-CH-UA-Platform
/// ("\"Android\""); one that is absent or unknown leaves what the user agent said.
/// Source: https://wicg.github.io/ua-client-hints/
ReaderClass apply_hints(ReaderClass reader, std::string_view mobile, std::string_view platform);

/// The primary subtag of the first language of an Accept-Language, in lower case ("de" of
/// "de-AT,en;q=0.8"); empty when there is none of two or three letters.
std::string read_language(std::string_view accept_language);

}  // namespace candor
