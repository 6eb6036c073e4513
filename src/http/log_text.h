#pragma once
// Texts on their way into a log.
#include <string>
#include <string_view>

namespace candor::http {

/// `text` as one line that no terminal obeys: controls (C0, DEL, C1) and the separators U+2028 and
/// U+2029 become \xNN byte by byte. What an exception says may hold what a client sent.
std::string log_text(std::string_view text);

}  // namespace candor::http
