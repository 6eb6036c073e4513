#include "css/shape.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "css/declaration.h"
#include "css/token.h"

namespace candor::css {
namespace {

/// One function of a value: its name, and what stands in its parentheses.
struct Call {
  std::string name;
  std::string_view arguments;
};

std::vector<Call> calls_in(std::string_view value) {
  std::vector<Call> calls;
  for (const std::string_view part : components_of(value)) {
    Scanner scanner(part);
    const Token first = scanner.next();
    if (!first.is(TokenKind::Function)) continue;
    std::string_view inside = part.substr(first.end);
    if (inside.ends_with(')')) inside.remove_suffix(1);
    calls.push_back({ascii::to_lower(first.text), inside});
  }
  return calls;
}

/// Top, right, bottom, left of one to four values.
std::vector<std::string_view> sides_of(std::vector<std::string_view> parts) {
  if (parts.size() == 1) parts.push_back(parts[0]);
  if (parts.size() == 2) parts.push_back(parts[0]);
  if (parts.size() == 3) parts.push_back(parts[1]);
  return parts;
}

bool inset_is_empty(std::string_view arguments, const LengthScale& scale) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : components_of(arguments)) {
    if (ascii::equals_ignoring_case(part, "round")) break;
    parts.push_back(part);
  }
  if (parts.empty() || parts.size() > 4) return false;
  parts = sides_of(std::move(parts));
  // Of a whole of which nothing is known but that percentages are of it.
  LengthScale of_whole = scale;
  of_whole.whole = 100;
  const auto share = [&](std::size_t side) {
    return parts[side].ends_with('%') ? length_px(parts[side], of_whole).value_or(0) : 0;
  };
  return share(0) + share(2) >= 100 || share(1) + share(3) >= 100;
}

bool polygon_is_empty(std::string_view arguments) {
  std::string first;
  while (!arguments.empty()) {
    const std::size_t comma = std::min(arguments.size(), arguments.find(','));
    std::string point;
    for (const std::string_view part : components_of(arguments.substr(0, comma)))
      point += std::string(part) + ' ';
    if (first.empty()) first = point;
    if (point != first) return false;
    arguments.remove_prefix(std::min(arguments.size(), comma + 1));
  }
  return !first.empty();
}

}  // namespace

bool clips_to_nothing(std::string_view clip, const LengthScale& scale) {
  for (const Call& call : calls_in(clip)) {
    if (call.name != "rect") continue;
    std::vector<std::optional<double>> sides;
    for (const std::string_view part : components_of(call.arguments))
      sides.push_back(length_px(part, scale));
    if (sides.size() != 4) return false;
    const bool flat = sides[0] && sides[2] && *sides[2] - *sides[0] <= 1;
    const bool narrow = sides[1] && sides[3] && *sides[1] - *sides[3] <= 1;
    return flat || narrow;
  }
  return false;
}

bool path_is_empty(std::string_view path, const LengthScale& scale) {
  for (const Call& call : calls_in(path)) {
    if (call.name == "inset") return inset_is_empty(call.arguments, scale);
    if (call.name == "polygon") return polygon_is_empty(call.arguments);
    if (call.name != "circle" && call.name != "ellipse") continue;
    const auto parts = components_of(call.arguments);
    return !parts.empty() && length_px(parts[0], scale).value_or(1) <= 0;
  }
  return false;
}

Shift read_transform(std::string_view transform, const LengthScale& scale) {
  Shift shift;
  for (const Call& call : calls_in(transform)) {
    const auto parts = components_of(call.arguments);
    if (parts.empty()) continue;
    if (call.name.starts_with("scale")) {
      const auto gone = [](std::string_view part) { return plain_number(part).value_or(1) == 0; };
      shift.to_nothing = shift.to_nothing || std::any_of(parts.begin(), parts.end(), gone);
    }
    if (call.name == "translatex" || call.name == "translate" || call.name == "translate3d")
      shift.x_px += length_px(parts[0], scale).value_or(0);
    if (call.name == "translatey") shift.y_px += length_px(parts[0], scale).value_or(0);
    if (parts.size() > 1 && (call.name == "translate" || call.name == "translate3d"))
      shift.y_px += length_px(parts[1], scale).value_or(0);
  }
  return shift;
}

}  // namespace candor::css
