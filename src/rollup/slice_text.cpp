#include <algorithm>
#include <array>
#include <charconv>

#include "click/click.h"
#include "rollup/click_slice.h"

namespace candor::rollup {
namespace {

constexpr std::array<std::string_view, kSliceDimensionCount> kNames{
    "day",       "week",    "month",  "article", "link",     "merchant", "network", "programme",
    "placement", "country", "device", "os",      "language", "verdict",  "kind",    "reason"};

template <class Enum>
std::string name_of_number(std::int64_t value, int count) {
  return std::string(name_of(static_cast<Enum>(value >= 0 && value < count ? value : 0)));
}

template <class Enum>
std::optional<std::int64_t> number_of(std::optional<Enum> found) {
  if (!found) return std::nullopt;
  return static_cast<std::int64_t>(*found);
}

}  // namespace

std::string_view name_of(SliceDimension dimension) {
  return kNames[static_cast<std::size_t>(dimension)];
}

std::optional<SliceDimension> find_slice_dimension(std::string_view name) {
  const auto at = std::ranges::find(kNames, name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<SliceDimension>(at - kNames.begin());
}

bool is_plain(SliceDimension dimension) { return text_of(dimension, 0).has_value(); }

std::optional<std::string> text_of(SliceDimension dimension, std::int64_t value) {
  switch (dimension) {
    case SliceDimension::Day:
    case SliceDimension::Week:
      return format_day(static_cast<DayNumber>(value));
    case SliceDimension::Month:
      return format_day(static_cast<DayNumber>(value)).substr(0, 7);
    case SliceDimension::Placement:
      return std::to_string(value);
    case SliceDimension::Country:
      return Country::from_code(static_cast<std::uint16_t>(value)).text();
    case SliceDimension::Device:
      return name_of_number<Device>(value, kDeviceCount);
    case SliceDimension::Os:
      return name_of_number<Os>(value, kOsCount);
    case SliceDimension::Verdict:
      return name_of_number<Verdict>(value, kVerdictCount);
    case SliceDimension::Kind:
      return name_of_number<ClickKind>(value, kClickKindCount);
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> parse_value(SliceDimension dimension, std::string_view text) {
  switch (dimension) {
    case SliceDimension::Day:
    case SliceDimension::Week: {
      const auto day = parse_day(text);
      return day ? std::optional<std::int64_t>(*day) : std::nullopt;
    }
    case SliceDimension::Month: {
      const auto day = parse_day(std::string(text) + "-01");
      return day ? std::optional<std::int64_t>(*day) : std::nullopt;
    }
    case SliceDimension::Placement: {
      std::uint16_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
      return number;
    }
    case SliceDimension::Country: {
      if (text.empty()) return 0;
      const auto country = Country::parse(text);
      return country ? std::optional<std::int64_t>(country->code()) : std::nullopt;
    }
    case SliceDimension::Device:
      return number_of(find_device(text));
    case SliceDimension::Os:
      return number_of(find_os(text));
    case SliceDimension::Verdict:
      return number_of(find_verdict(text));
    case SliceDimension::Kind:
      for (int kind = 0; kind < kClickKindCount; ++kind)
        if (name_of(static_cast<ClickKind>(kind)) == text) return kind;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace candor::rollup
