#include "api/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace candor::api {
namespace {

constexpr int kQuietModules = 4;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

/// The dark modules as one path: each run in a row is a rectangle.
std::string path_of(const QRcode& code) {
  std::string path;
  const auto is_dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1U) != 0; };
  for (int y = 0; y < code.width; ++y)
    for (int x = 0; x < code.width; ++x) {
      if (!is_dark(x, y)) continue;
      const int begin = x;
      while (x < code.width && is_dark(x, y)) ++x;
      path += fmt::format("M{} {}h{}v1h-{}z", begin + kQuietModules, y + kQuietModules, x - begin,
                          x - begin);
    }
  return path;
}

}  // namespace

std::optional<std::string> qr_svg(std::string_view text, std::string_view title) {
  const std::string whole(text);
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(whole.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) return std::nullopt;
  const int side = code->width + 2 * kQuietModules;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{1}\" "
      "height=\"{1}\" role=\"img\" shape-rendering=\"crispEdges\"><title>{2}</title>"
      "<path fill=\"#fff\" d=\"M0 0h{0}v{0}h-{0}z\"/><path d=\"{3}\"/></svg>\n",
      side, side * 8, escaped(title), path_of(*code));
}

}  // namespace candor::api
