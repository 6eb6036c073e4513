#pragma once
// The bytes of a report file as text: whatever encoding and line ends it came in, the same report
// gives the same text.
#include <string>
#include <string_view>

#include "base/result.h"
#include "networks/report_file.h"

namespace candor::networks {

/// UTF-8 without byte order mark, lines ended by '\n'. Takes UTF-8, UTF-16 (with mark, or told by
/// its zero bytes) and, when the bytes are not UTF-8, windows-1252. Errors: Empty, NotText.
Result<std::string, ReportError> decode_report_text(std::string_view bytes);

}  // namespace candor::networks
