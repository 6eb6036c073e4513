// Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986: the shortest way from
// one list of lines to the other, found by how far each diagonal is reached with d changes. Pages
// that differ in more than kMostChanges lines are shown as taken out and put in whole.
#include "app/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/output.h"

namespace candor::app {
namespace {

using Lines = std::vector<std::string_view>;
constexpr std::ptrdiff_t kMostChanges = 2000;
constexpr std::size_t kContext = 3;

enum class Kind : char { Same = ' ', Out = '-', In = '+' };
struct Step {
  Kind kind;
  std::string_view line;
};

/// Each with its line break; the last may have none.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

using Reach = std::vector<std::ptrdiff_t>;  ///< by diagonal k, at k + size / 2

/// How far each diagonal was reached before the d-th change, for every d up to the last.
std::vector<Reach> search(const Lines& a, const Lines& b) {
  const auto n = std::ssize(a);
  const auto m = std::ssize(b);
  const std::ptrdiff_t most = std::min(n + m, kMostChanges);
  Reach reach(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& {
    return reach[static_cast<std::size_t>(k + most + 1)];
  };
  std::vector<Reach> trace;
  for (std::ptrdiff_t d = 0; d <= most; ++d) {
    // Of the whole only the diagonals -d..d can be asked for again.
    trace.emplace_back(reach.begin() + (most + 1 - d - 1), reach.begin() + (most + 1 + d + 2));
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      std::ptrdiff_t x = down ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m && x - k >= 0 &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      at(k) = x;
      if (x >= n && x - k >= m) return trace;
    }
  }
  return {};
}

std::vector<Step> replace_all(const Lines& a, const Lines& b) {
  std::vector<Step> steps;
  for (const auto line : a) steps.push_back({Kind::Out, line});
  for (const auto line : b) steps.push_back({Kind::In, line});
  return steps;
}

std::vector<Step> shortest(const Lines& a, const Lines& b) {
  const std::vector<Reach> trace = search(a, b);
  if (trace.empty()) return replace_all(a, b);
  std::vector<Step> steps;
  std::ptrdiff_t x = std::ssize(a);
  std::ptrdiff_t y = std::ssize(b);
  for (std::ptrdiff_t d = std::ssize(trace) - 1; d >= 0; --d) {
    const Reach& reach = trace[static_cast<std::size_t>(d)];
    const auto at = [&](std::ptrdiff_t k) { return reach[static_cast<std::size_t>(k + d + 1)]; };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
    const std::ptrdiff_t from_x = d == 0 ? 0 : at(down ? k + 1 : k - 1);
    const std::ptrdiff_t from_y = d == 0 ? 0 : from_x - (down ? k + 1 : k - 1);
    while (x > from_x && y > from_y) {
      --x, --y;
      steps.push_back({Kind::Same, a[static_cast<std::size_t>(x)]});
    }
    if (d == 0) break;
    if (down) {
      steps.push_back({Kind::In, b[static_cast<std::size_t>(--y)]});
    } else {
      steps.push_back({Kind::Out, a[static_cast<std::size_t>(--x)]});
    }
  }
  std::ranges::reverse(steps);
  return steps;
}

std::vector<Step> steps_between(Lines a, Lines b) {
  std::vector<Step> head;
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  for (auto line = a.begin(); line != in_a; ++line) head.push_back({Kind::Same, *line});
  a.erase(a.begin(), in_a);
  b.erase(b.begin(), in_b);
  Lines tail;
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    tail.push_back(a.back());
    a.pop_back();
    b.pop_back();
  }
  for (const Step& step : shortest(a, b)) head.push_back(step);
  for (auto line = tail.rbegin(); line != tail.rend(); ++line) head.push_back({Kind::Same, *line});
  return head;
}

void append_line(std::string& out, const Step& step, DiffColour colour) {
  const bool broken = step.line.ends_with('\n');
  std::string_view text = step.line;
  if (broken) text.remove_suffix(1);
  if (colour == DiffColour::Terminal) {
    const char* begin = step.kind == Kind::In    ? "\x1b[32m"
                        : step.kind == Kind::Out ? "\x1b[31m"
                                                 : "";
    out += fmt::format("{}{}{}{}\n", begin, static_cast<char>(step.kind), safe_text(text),
                       *begin == '\0' ? "" : "\x1b[0m");
  } else {
    out += fmt::format("{}{}\n", static_cast<char>(step.kind), text);
  }
  if (!broken) out += "\\ No newline at end of file\n";
}

/// "12,3", as GNU diff counts: an empty range stands before its line.
std::string range_text(std::size_t first, std::size_t count) {
  return count == 1 ? fmt::format("{}", first + 1)
                    : fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name,
                         DiffColour colour) {
  if (before == after) return {};
  const std::vector<Step> steps = steps_between(split(before), split(after));
  const std::string shown = colour == DiffColour::Terminal ? safe_text(name) : std::string(name);
  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", shown, shown);
  std::size_t old_line = 0;  // of steps[at]
  std::size_t new_line = 0;
  const auto pass = [&](const Step& step) {
    if (step.kind != Kind::In) ++old_line;
    if (step.kind != Kind::Out) ++new_line;
  };
  std::size_t at = 0;
  while (at < steps.size()) {
    std::size_t change = at;
    while (change < steps.size() && steps[change].kind == Kind::Same) ++change;
    if (change == steps.size()) break;
    // A hunk goes on while the next change is no further than two contexts away.
    std::size_t last = change;
    for (std::size_t i = change; i < steps.size() && i <= last + 2 * kContext; ++i)
      if (steps[i].kind != Kind::Same) last = i;
    const std::size_t begin = std::max(at, change - std::min(change, kContext));
    const std::size_t end = std::min(steps.size(), last + 1 + kContext);
    for (; at < begin; ++at) pass(steps[at]);
    const std::size_t old_begin = old_line;
    const std::size_t new_begin = new_line;
    std::string body;
    for (; at < end; ++at) {
      append_line(body, steps[at], colour);
      pass(steps[at]);
    }
    out += fmt::format("@@ -{} +{} @@\n{}", range_text(old_begin, old_line - old_begin),
                       range_text(new_begin, new_line - new_begin), body);
  }
  return out;
}

}  // namespace candor::app
