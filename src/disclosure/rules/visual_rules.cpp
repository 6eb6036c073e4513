// How the disclosure and the paid links look: contrast, size, painted labels, small windows. The
// disclosure that is seen best counts; while a style sheet could not be read, colours and sizes
// prove nothing.
#include <algorithm>
#include <array>
#include <cstdio>

#include "base/ascii.h"
#include "disclosure/rules/rule_reading.h"
#include "disclosure/wording/ad_words.h"
#include "disclosure/wording/folded_text.h"

namespace candor::disclosure {
namespace {

enum class Grade : std::uint8_t { Good, Warn, Error };

/// "2.54"
std::string decimal(double number, int digits) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  return {text.data(), static_cast<std::size_t>(size)};
}

Grade grade_contrast(const Look& look) {
  constexpr double kUnreadable = 3;
  constexpr double kWeak = 4.5;
  if (!look.contrast || *look.contrast >= kWeak) return Grade::Good;
  return *look.contrast < kUnreadable ? Grade::Error : Grade::Warn;
}

Grade grade_size(const Look& look, std::optional<double> body_px) {
  constexpr double kTooSmall = 12;
  constexpr double kRounding = 0.5;
  if (!look.font_px) return Grade::Good;
  if (*look.font_px < kTooSmall) return Grade::Error;
  return body_px && *look.font_px < *body_px - kRounding ? Grade::Warn : Grade::Good;
}

/// The candidate with the best grade, and that grade.
template <class GradeOf>
std::pair<const Candidate*, Grade> best_of(const RuleReading::Candidates& candidates,
                                           const GradeOf& grade_of) {
  std::pair<const Candidate*, Grade> best{nullptr, Grade::Good};
  for (const Candidate* each : candidates)
    if (const Grade grade = grade_of(*each); best.first == nullptr || grade < best.second)
      best = {each, grade};
  return best;
}

void read_contrast(RuleReading& reading, const RuleReading::Candidates& stated) {
  const auto [candidate, grade] =
      best_of(stated, [&](const Candidate& each) { return grade_contrast(reading.look_of(each)); });
  if (candidate == nullptr || grade == Grade::Good) return;
  const Look& look = reading.look_of(*candidate);
  Breach& breach =
      reading.add("CD304", candidate->range,
                  "The disclosure " + reading.quote(*candidate) + " has a contrast of " +
                      decimal(*look.contrast, 2) + ":1 (" + look.colours + ")" +
                      (look.contrast_in_dark ? " for readers of the dark page." : "."));
  breach.only_warns = grade == Grade::Warn;
}

void read_size(RuleReading& reading, const RuleReading::Candidates& stated) {
  const auto body = reading.facts.looks.body_font_px;
  const auto [candidate, grade] = best_of(
      stated, [&](const Candidate& each) { return grade_size(reading.look_of(each), body); });
  if (candidate == nullptr || grade == Grade::Good) return;
  std::string message = "The disclosure " + reading.quote(*candidate) + " is written in " +
                        decimal(*reading.look_of(*candidate).font_px, 1) + " px";
  if (body) message += ", the article in " + decimal(*body, 1) + " px";
  reading.add("CD305", candidate->range, message + ".").only_warns = grade == Grade::Warn;
}

void read_other_screens(RuleReading& reading, const RuleReading::Candidates& stated) {
  const bool unread = !reading.facts.looks.unread.empty();
  const auto is_gone = [&](const Candidate& each) {
    const Look& look = reading.look_of(each);
    return (!look.gone_in.empty() && !unread) || !look.ad_block_name.empty() ? Grade::Warn
                                                                             : Grade::Good;
  };
  const auto [candidate, grade] = best_of(stated, is_gone);
  if (candidate == nullptr || grade == Grade::Good) return;
  const Look& look = reading.look_of(*candidate);
  const std::string which = "The disclosure " + reading.quote(*candidate);
  if (!look.gone_in.empty() && !unread)
    reading.add("CD310", candidate->range, which + " is not shown in " + look.gone_in + ".");
  else
    reading.add("CD310", candidate->range,
                which + " is named \"" + look.ad_block_name + "\", which ad blockers hide.");
}

/// "*" and the like, alone.
bool is_symbol(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kSymbols{
      "*", "**", "\u2020", "\u2021", "\u2217", "\u204E", "\u2731", "\U0001F6D2"};
  return std::ranges::find(kSymbols, ascii::trim(text)) != kSymbols.end();
}

bool is_painted_label(const RuleReading& reading, std::string_view text) {
  if (text.empty()) return false;
  if (is_symbol(text) || holds_label(text)) return true;
  static constexpr std::array<std::string_view, 9> kWords{
      "ad",        "anzeige",        "werbung",   "sponsored",    "paid link",
      "affiliate", "affiliate link", "werbelink", "advertisement"};
  const std::string folded = fold_text(text);
  std::string_view bare = folded;
  while (!bare.empty() && std::string_view("()[]:#* ").find(bare.front()) != std::string_view::npos)
    bare.remove_prefix(1);
  while (!bare.empty() && std::string_view("()[]:#* ").find(bare.back()) != std::string_view::npos)
    bare.remove_suffix(1);
  return std::ranges::find(kWords, bare) != kWords.end() ||
         std::ranges::any_of(reading.policy.jurisdictions, [&](const std::string& jurisdiction) {
           return holds_ad_label(folded, jurisdiction);
         });
}

/// Links that break a rule in the same way: the first is named, the others are counted.
struct SameLinks {
  const PageLink* first = nullptr;
  const LinkLook* look = nullptr;
  std::size_t count = 0;

  void add(const PageLink& link, const LinkLook& link_look) {
    if (count++ > 0) return;
    first = &link;
    look = &link_look;
  }
  std::string others() const {
    if (count <= 1) return ".";
    return count == 2 ? "; so does another link."
                      : "; so do " + std::to_string(count - 1) + " other links.";
  }
};

void read_links(RuleReading& reading) {
  constexpr double kToldApart = 3;
  const bool unread = !reading.facts.looks.unread.empty();
  SameLinks painted;
  SameLinks hidden;
  SameLinks wordless;
  SameLinks alike;
  for (std::size_t i = 0; i < reading.facts.looks.links.size(); ++i) {
    const PageLink& link = reading.facts.links.paid[i];
    const LinkLook& look = reading.facts.looks.links[i];
    if (!link.is_content) continue;
    const bool labelled = is_labelled(reading.facts, link);
    if (!labelled && is_painted_label(reading, look.painted_label)) painted.add(link, look);
    if (labelled && look.label_hidden) hidden.add(link, look);
    if (link.link.text.empty()) wordless.add(link, look);
    // A label in words tells a link apart, whatever its colour.
    if (!labelled && !unread && look.contrast_with_text.value_or(kToldApart) < kToldApart)
      alike.add(link, look);
  }
  if (painted.first != nullptr)
    reading.add("CD307", reading.place_of(*painted.first),
                "The paid link " + reading.name_of(*painted.first) + " carries its label " +
                    quoted(painted.look->painted_label) + " only by a style sheet" +
                    painted.others());
  if (hidden.first != nullptr)
    reading
        .add("CD403", reading.place_of(*hidden.first),
             "The paid link " + reading.name_of(*hidden.first) +
                 " carries a label that is not shown" + hidden.others())
        .network = hidden.first->is_amazon ? "Amazon" : "";
  if (wordless.first != nullptr)
    reading.add("CD405", reading.place_of(*wordless.first),
                "The paid link to " + wordless.first->link.href + " leads there without a word" +
                    wordless.others());
  if (alike.first != nullptr)
    reading.add("CD405", reading.place_of(*alike.first),
                "The paid link " + reading.name_of(*alike.first) +
                    " looks like the text around it, with no underline and a contrast of " +
                    decimal(*alike.look->contrast_with_text, 2) + ":1" + alike.others());
}

}  // namespace

void read_visuals(RuleReading& reading) {
  const PageLooks& looks = reading.facts.looks;
  const RuleReading::Candidates& stated =
      reading.effective.empty() ? reading.adequate : reading.effective;
  if (!looks.candidates.empty()) {
    if (looks.unread.empty()) {
      read_contrast(reading, stated);
      read_size(reading, stated);
    }
    read_other_screens(reading, stated);
  }
  read_links(reading);
}

}  // namespace candor::disclosure
