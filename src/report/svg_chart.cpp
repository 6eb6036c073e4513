#include "report/svg_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "report/text_width.h"

namespace candor::report {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kWidth = 960;
constexpr std::int64_t kLeft = 90;  // room for the axis' numbers
constexpr std::int64_t kRight = 12;
constexpr std::int64_t kTop = 28;  // room for the legend
constexpr std::int64_t kPlot = 200;
constexpr std::int64_t kBottom = 28;
constexpr std::int64_t kTicks = 4;
constexpr std::size_t kMostLabels = 9;
constexpr std::int64_t kLabelRoom = 72;  // a day
constexpr std::size_t kLongestLabel = 28;

struct Scale {
  std::int64_t low = 0;   ///< at or below 0
  std::int64_t high = 1;  ///< above 0
  std::int64_t length = kPlot;

  /// How far `value` is from the low end.
  std::int64_t place(std::int64_t value) const {
    const Wide span = Wide{high} - low;
    return static_cast<std::int64_t>((Wide{value} - low) * length / span);
  }
};

Scale scale_of(const Chart& chart, std::int64_t length) {
  std::int64_t high = 0;
  std::int64_t low = 0;
  for (const ChartBar& bar : chart.bars) {
    high = std::max({high, bar.value, bar.before.value_or(0)});
    low = std::min({low, bar.value, bar.before.value_or(0)});
  }
  return {.low = low < 0 ? -round_up(-low) : 0, .high = round_up(high), .length = length};
}

/// What the chart says, in words.
std::string describe(const Chart& chart) {
  if (chart.bars.empty()) return "No data.";
  const auto most = std::ranges::max_element(chart.bars, {}, &ChartBar::value);
  return fmt::format("{} bars; the highest is {} with {}. The table has every number.",
                     chart.bars.size(), most->label, chart.text_of(most->value));
}

std::string open_svg(const Chart& chart, std::int64_t height) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-t {}-d\">\n"
      "<title id=\"{}-t\">{}</title>\n<desc id=\"{}-d\">{}</desc>\n",
      kWidth, height, chart.id, chart.id, chart.id, escape_markup(chart.title), chart.id,
      escape_markup(describe(chart)));
}

std::string legend(const Chart& chart) {
  std::string svg = fmt::format(
      "<rect class=\"now\" x=\"{}\" y=\"6\" width=\"12\" height=\"12\"/>"
      "<text x=\"{}\" y=\"16\">{}</text>\n",
      kLeft, kLeft + 18, escape_markup(chart.value_name));
  if (!chart.before_name.empty())
    svg += fmt::format(
        "<line class=\"before\" x1=\"{}\" y1=\"12\" x2=\"{}\" y2=\"12\"/>"
        "<text x=\"{}\" y=\"16\">{}</text>\n",
        kLeft + 220, kLeft + 236, kLeft + 242, escape_markup(chart.before_name));
  return svg;
}

std::string shorten(std::string_view text) {
  std::string out = printable(text);
  if (text_width(out) <= kLongestLabel) return out;
  while (text_width(out) > kLongestLabel - 1) {
    // Whole characters only: a continuation byte is no end.
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U)
      out.pop_back();
    out.pop_back();
  }
  return out + "…";
}

/// The lines across, with their numbers.
std::string upright_axis(const Chart& chart, const Scale& scale) {
  std::string svg;
  std::int64_t last = -1;
  for (std::int64_t tick = 0; tick <= kTicks; ++tick) {
    const auto value =
        static_cast<std::int64_t>(scale.low + (Wide{scale.high} - scale.low) * tick / kTicks);
    const std::int64_t y = kTop + kPlot - scale.place(value);
    if (y == last) continue;
    last = y;
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>"
        "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>\n",
        kLeft, y, kWidth - kRight, y, kLeft - 6, y + 4, escape_markup(chart.text_of(value)));
  }
  return svg;
}

}  // namespace

std::string escape_markup(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::int64_t round_up(std::int64_t value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 10;
  for (std::int64_t power = 1;; power *= 10) {
    for (const std::int64_t first : {1, 2, 4, 6, 8})
      if (first * power >= value) return first * power;
    if (power > kMost / 8) return value;
  }
}

std::string column_chart(const Chart& chart) {
  const Scale scale = scale_of(chart, kPlot);
  std::string svg = open_svg(chart, kTop + kPlot + kBottom) + legend(chart);
  svg += upright_axis(chart, scale);
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(chart.bars.size(), 1));
  const std::int64_t room = kWidth - kLeft - kRight;
  const std::int64_t zero = kTop + kPlot - scale.place(0);
  const std::size_t step = (chart.bars.size() + kMostLabels - 1) / kMostLabels;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const ChartBar& bar = chart.bars[i];
    const auto n = static_cast<std::int64_t>(i);
    const std::int64_t x = kLeft + room * n / count;
    const std::int64_t slot = std::max<std::int64_t>(kLeft + room * (n + 1) / count - x, 1);
    const std::int64_t width = std::max<std::int64_t>(slot - slot / 5, 1);
    const std::int64_t y = kTop + kPlot - scale.place(bar.value);
    svg += fmt::format(
        "<rect class=\"now\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}: {}</title>"
        "</rect>\n",
        x, std::min(y, zero), width, std::max(y, zero) - std::min(y, zero),
        escape_markup(bar.label), escape_markup(chart.text_of(bar.value)));
    if (bar.before) {
      const std::int64_t mark = kTop + kPlot - scale.place(*bar.before);
      svg += fmt::format(
          "<line class=\"before\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>{}: {}</title>"
          "</line>\n",
          x, mark, x + width, mark, escape_markup(chart.before_name),
          escape_markup(chart.text_of(*bar.before)));
    }
    if (i % step == 0) {
      const bool at_end = x + kLabelRoom > kWidth;
      svg += fmt::format("<text{} x=\"{}\" y=\"{}\">{}</text>\n", at_end ? " class=\"end\"" : "",
                         at_end ? x + width : x, kTop + kPlot + 18, escape_markup(bar.label));
    }
  }
  return svg + "</svg>\n";
}

std::string ranking_chart(const Chart& chart) {
  constexpr std::int64_t kLabels = 230;
  constexpr std::int64_t kValues = 120;
  constexpr std::int64_t kRow = 24;
  const Scale scale = scale_of(chart, kWidth - kLabels - kValues);
  const auto rows = static_cast<std::int64_t>(chart.bars.size());
  std::string svg = open_svg(chart, kTop + rows * kRow + 8) + legend(chart);
  const std::int64_t zero = kLabels + scale.place(0);
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const ChartBar& bar = chart.bars[i];
    const std::int64_t y = kTop + static_cast<std::int64_t>(i) * kRow;
    const std::int64_t x = kLabels + scale.place(bar.value);
    const std::int64_t mark = kLabels + scale.place(bar.before.value_or(0));
    svg += fmt::format(
        "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>"
        "<rect class=\"now\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}: {}</title>"
        "</rect><text x=\"{}\" y=\"{}\">{}</text>\n",
        kLabels - 6, y + 16, escape_markup(shorten(bar.label)), std::min(x, zero), y + 3,
        std::max(x, zero) - std::min(x, zero), kRow - 6, escape_markup(bar.label),
        escape_markup(chart.text_of(bar.value)), std::max({x, zero, mark}) + 6, y + 16,
        escape_markup(chart.text_of(bar.value)));
    if (bar.before) {
      svg += fmt::format(
          "<line class=\"before\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>{}: {}</title>"
          "</line>\n",
          mark, y + 2, mark, y + kRow - 2, escape_markup(chart.before_name),
          escape_markup(chart.text_of(*bar.before)));
    }
  }
  svg += fmt::format("<line class=\"axis\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", zero, kTop,
                     zero, kTop + rows * kRow);
  return svg + "</svg>\n";
}

}  // namespace candor::report
