#pragma once
// QR codes (ISO/IEC 18004) as SVG, for links that are printed.
#include <optional>
#include <string>
#include <string_view>

namespace candor::api {

/// Black on white with the quiet zone of four modules that the standard asks for, error correction
/// M, `title` read out for it. Nothing when the text is longer than a code can hold (2,331 bytes).
std::optional<std::string> qr_svg(std::string_view text, std::string_view title);

}  // namespace candor::api
