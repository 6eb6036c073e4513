// Edits of an item's HTML as edits of the feed that holds it.
#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "disclosure/feed/feed_parts.h"

namespace candor::disclosure {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

/// Markup of ours under the prefix that the feed's own stands under.
std::string prefixed(std::string_view markup, std::string_view prefix) {
  std::string out;
  for (std::size_t i = 0; i < markup.size(); ++i) {
    out += markup[i];
    const bool opens = markup[i] == '<' && i + 1 < markup.size() && ascii::is_alpha(markup[i + 1]);
    if (opens || (markup[i] == '/' && i > 0 && markup[i - 1] == '<')) out += prefix;
  }
  return out;
}

}  // namespace

std::size_t FeedPart::source_of(std::size_t offset) const {
  const auto behind = std::ranges::upper_bound(runs, offset, {}, &FeedRun::html_begin);
  if (behind == runs.begin()) return 0;
  const FeedRun& run = *std::prev(behind);
  const std::size_t inside = offset - run.html_begin;
  return run.kind == FeedRun::Kind::Reference ? run.source.begin
                                              : std::min(run.source.begin + inside, run.source.end);
}

bool FeedPart::translate(const std::vector<html::Edit>& edits, std::vector<html::Edit>& to) const {
  for (const html::Edit& edit : edits) {
    auto run = std::ranges::upper_bound(runs, edit.range.begin, {}, &FeedRun::html_begin);
    if (run == runs.begin() || edit.range.end > html.size()) return false;
    --run;
    const bool stays = edit.range.begin > root.begin && edit.range.end < root.end;
    if (!root.empty() && !edit.text.empty() && !stays) return false;
    std::string text = is_markup                         ? prefixed(edit.text, prefix)
                       : run->kind == FeedRun::Kind::Raw ? edit.text
                                                         : escaped(edit.text);
    std::size_t at = edit.range.begin;
    do {
      const std::size_t run_end =
          std::next(run) == runs.end() ? html.size() : std::next(run)->html_begin;
      const std::size_t end = std::min(edit.range.end, run_end);
      ByteRange source = run->source;
      if (run->kind != FeedRun::Kind::Reference) {
        source = {run->source.begin + (at - run->html_begin),
                  run->source.begin + (std::max(at, end) - run->html_begin)};
      } else if (at == edit.range.end && at == run_end) {
        source.begin = source.end;
      } else if (at == edit.range.end && at == run->html_begin) {
        source.end = source.begin;
      } else if (at != run->html_begin || end != run_end) {
        return false;
      }
      to.push_back({source, std::exchange(text, {})});
      at = std::max(at, end);
      ++run;
    } while (at < edit.range.end);
  }
  return true;
}

}  // namespace candor::disclosure
