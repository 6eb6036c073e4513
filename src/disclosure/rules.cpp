// Placement rules exclude each other: of CD101, CD105, CD104, CD107, CD106 and CD102 the first that
// holds is reported; a hidden disclosure is CD301 or CD302 instead. Wording rules (CD201 and up)
// speak only while no effective disclosure stands on the page: beside one, an old hedging line does
// no harm.
#include "disclosure/rules.h"

#include <algorithm>
#include <array>

#include "disclosure/ad_words.h"

namespace candor::disclosure {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::size_t kQuoteBytes = 120;
  const std::string_view cut = shortened(text, kQuoteBytes);
  return "\"" + std::string(cut) + (cut.size() < text.size() ? "..." : "") + "\"";
}

class RuleReader {
 public:
  RuleReader(const PageFacts& facts, const Policy& policy) : facts_(facts), policy_(policy) {
    for (const Candidate& each : facts.candidates) {
      if (is_adequate(facts, each)) (each.shown ? adequate_ : unseen_).push_back(&each);
      if (is_effective(facts, each)) effective_.push_back(&each);
      if (each.shown && speaks_of_links(each)) weak_.push_back(&each);
    }
  }

  std::vector<Breach> read() {
    if (facts_.links.paid.empty()) {
      read_without_links();
      return std::move(breaches_);
    }
    read_placement();
    read_wording();
    read_ad_words();
    read_links();
    read_amazon();
    std::stable_sort(breaches_.begin(), breaches_.end(),
                     [](const Breach& a, const Breach& b) { return a.rule < b.rule; });
    return std::move(breaches_);
  }

 private:
  using Candidates = std::vector<const Candidate*>;

  void add(std::string_view rule, ByteRange place, std::string message,
           std::string jurisdiction = {}) {
    breaches_.push_back({rule, place, std::move(message), std::move(jurisdiction), {}, false});
  }
  std::string quote(const Candidate& candidate) const { return quoted(facts_.text_of(candidate)); }

  /// Says something about affiliate links or programmes, adequate or not. Denials do not count.
  static bool speaks_of_links(const Candidate& candidate) {
    const Wording& w = candidate.wording;
    return w.has(Says::Explain) || w.has(Says::Bare) || w.has(Says::Program) ||
           w.has(Says::Support) || w.has(Says::LinkText) ||
           (w.has(Says::AdPhrase) && !candidate.holds_link) || w.amazon_statement();
  }

  const PageLink& first_link() const {
    const auto& paid = facts_.links.paid;
    return facts_.first_content_link ? paid[*facts_.first_content_link] : paid.front();
  }
  ByteRange place_of(const PageLink& link) const { return facts_.page.tokens[link.token].range; }

  void read_without_links() {
    if (!facts_.links.unsure.empty()) return;
    for (const Candidate& each : facts_.candidates) {
      const Wording& w = each.wording;
      if (!each.shown || each.mostly_link) continue;
      if (!w.has(Says::Explain) && !w.has(Says::Bare) && !w.amazon_statement()) continue;
      return add("CD110", each.range,
                 "The page says " + quote(each) + ", but no paid link was found on it.");
    }
  }

  void read_placement() {
    if (!adequate_.empty()) {
      read_order();
      read_navigation();
      return;
    }
    if (!unseen_.empty()) {
      const Candidate& unseen = *unseen_.front();
      if (unseen.hidden)
        return add("CD301", unseen.range, "The disclosure " + quote(unseen) + " is not shown.");
      return add("CD302", unseen.range,
                 "The disclosure " + quote(unseen) + " is only shown after a click.");
    }
    read_absence();
  }

  bool only(bool (*kind)(const Wording&)) const {
    return !weak_.empty() && std::all_of(weak_.begin(), weak_.end(), [&](const Candidate* each) {
      return kind(each->wording);
    });
  }

  void read_absence() {
    const bool names_links = std::any_of(weak_.begin(), weak_.end(), [](const Candidate* each) {
      return each->wording.has(Says::Bare) || each->wording.has(Says::Program) ||
             each->wording.has(Says::AmazonLegacy);
    });
    if (names_links) return;  // CD202 says what is wrong with that text.
    if (only([](const Wording& w) { return w.has(Says::LinkText); }))
      return add("CD105", weak_.front()->range,
                 "The page only points to a disclosure (" + quote(*weak_.front()) +
                     "); it says nothing itself.");
    if (weak_.empty() && read_tooltips()) return;
    const PageLink& link = first_link();
    std::string message = "The page has " + count_of_links() + " but says nowhere that they pay.";
    if (!weak_.empty())
      message = quote(*weak_.front()) + " does not say that links like " + quoted(link.link.text) +
                " pay the site.";
    add("CD101", place_of(link), std::move(message));
  }

  std::string count_of_links() const {
    const std::size_t count = facts_.links.paid.size();
    return count == 1 ? "1 paid link" : std::to_string(count) + " paid links";
  }

  /// A disclosure that stands only in a tooltip or a label for screen readers.
  bool read_tooltips() {
    static constexpr std::array<std::string_view, 4> kNames{"title", "aria-label", "data-tooltip",
                                                            "data-tip"};
    for (const Element& element : facts_.outline.elements) {
      const html::Token& tag = facts_.page.tokens[element.start_token];
      if (element.inert || tag.attribute_count == 0) continue;
      for (const std::string_view name : kNames) {
        const auto text = attribute_text(facts_.page, tag, name, facts_.encoding);
        if (!text || !classify(*text).has(Says::Explain)) continue;
        add("CD303", tag.range, "The disclosure stands only in a tooltip: " + quoted(*text));
        return true;
      }
    }
    return false;
  }

  Candidates adequate_in(Zone zone) const {
    Candidates found;
    std::copy_if(adequate_.begin(), adequate_.end(), std::back_inserter(found),
                 [&](const Candidate* each) { return each->zone == zone; });
    return found;
  }

  void read_order() {
    const Candidate* first = nullptr;
    for (const Candidate* each : adequate_)
      if (first == nullptr && (each->zone == Zone::Content || each->zone == Zone::Header))
        first = each;
    if (first != nullptr) return read_order_of(*first);
    const bool links_elsewhere =
        std::any_of(facts_.links.paid.begin(), facts_.links.paid.end(),
                    [](const PageLink& link) { return link.zone != Zone::Footer; });
    const Candidates footer = adequate_in(Zone::Footer);
    if (!footer.empty()) {
      if (links_elsewhere)
        add("CD104", footer.front()->range,
            "Only the footer says that money is paid: " + quote(*footer.front()));
      return;
    }
    const Candidate& aside = *adequate_.front();
    add("CD106", aside.range, "The disclosure stands beside the content only: " + quote(aside));
  }

  void read_order_of(const Candidate& first) {
    if (!facts_.first_content_link) return;
    const auto& paid = facts_.links.paid;
    const PageLink& first_link = paid[*facts_.first_content_link];
    if (first.range.begin < facts_.offset_of(first_link)) return;
    const bool behind_all = first.range.begin > facts_.offset_of(paid[*facts_.last_content_link]);
    add(behind_all ? "CD107" : "CD102", first.range,
        "The first disclosure, " + quote(first) + ", comes after " +
            (behind_all ? "the last paid link."
                        : "the paid link " + quoted(first_link.link.text) + "."));
  }

  void read_navigation() {
    if (effective_.empty()) return;
    const std::size_t disclosed = effective_.front()->range.begin;
    for (const PageLink& link : facts_.links.paid) {
      if (link.is_content || facts_.offset_of(link) > disclosed) continue;
      if (is_labelled(facts_, link)) continue;
      return add("CD103", place_of(link),
                 "The paid link " + quoted(link.link.text) + " stands above the disclosure.");
    }
  }

  void read_wording() {
    read_denials();
    const bool stated =
        std::any_of(effective_.begin(), effective_.end(), [](const Candidate* each) {
          return !each->wording.has(Hedge::Presence) && !each->wording.has(Hedge::Quantity);
        });
    if (!stated) read_hedges();
    if (effective_.empty()) read_bare();
    if (adequate_.empty()) read_support();
  }

  void read_hedges() {
    for (const Candidate& each : facts_.candidates)
      if (each.shown && speaks_of_links(each) &&
          (each.wording.has(Hedge::Presence) || each.wording.has(Hedge::Quantity)))
        return add("CD201", each.range,
                   quote(each) + " leaves open whether this page has paid links. It has " +
                       std::to_string(facts_.links.paid.size()) + ".");
  }

  void read_bare() {
    const Candidate* found = nullptr;
    for (const Candidate* each : weak_) {
      const Wording& w = each->wording;
      if (w.has(Says::Explain) || w.has(Says::AdLabel)) continue;
      if (w.has(Says::Bare) && !w.has(Says::Amazon) && !w.has(Says::AmazonVariant)) {
        found = each;
        break;
      }
      if (found == nullptr && adequate_.empty() &&
          (w.has(Says::Program) || w.has(Says::AmazonLegacy)))
        found = each;
    }
    if (found != nullptr)
      add("CD202", found->range, quote(*found) + " does not say that anyone is paid.");
  }

  void read_support() {
    for (const Candidate* each : weak_)
      if (each->wording.has(Says::Support) && !each->wording.has(Says::Explain))
        return add("CD206", each->range,
                   quote(*each) + " asks for support without saying that money is paid.");
  }

  void read_denials() {
    for (const Candidate& each : facts_.candidates)
      if (each.shown && !each.mostly_link && each.wording.has(Says::Negation) &&
          !each.wording.has(Says::Explain) && each.zone != Zone::Nav)
        return add("CD207", each.range,
                   quote(each) + " contradicts the page's " + count_of_links() + ".");
  }

  /// An accepted ad word at the start of a disclosure, in the title line, or at every content link.
  bool has_ad_word(std::string_view jurisdiction) const {
    for (const Candidate& each : facts_.candidates) {
      if (!each.shown || each.zone == Zone::Footer || each.zone == Zone::Nav) continue;
      if (each.holds_link && !each.wording.has(Says::Explain)) continue;
      if (begins_with_ad_word(fold_text(facts_.text_of(each)), jurisdiction)) return true;
    }
    if (begins_with_ad_word(fold_text(facts_.outline.title), jurisdiction)) return true;
    return facts_.first_content_link &&
           std::all_of(facts_.links.paid.begin(), facts_.links.paid.end(),
                       [&](const PageLink& link) {
                         return !link.is_content || has_label_of(link, jurisdiction);
                       });
  }

  bool has_label_of(const PageLink& link, std::string_view jurisdiction) const {
    return holds_ad_label(label_text(facts_, link), jurisdiction);
  }

  void read_ad_words() {
    const Candidate* shown = effective_.empty() ? nullptr : effective_.front();
    if (shown == nullptr && !adequate_.empty()) shown = adequate_.front();
    if (shown == nullptr && !weak_.empty()) shown = weak_.front();
    for (const std::string& jurisdiction : policy_.jurisdictions) {
      if (has_ad_word(jurisdiction)) continue;
      const ByteRange place = shown != nullptr ? shown->range : place_of(first_link());
      add("CD204", place,
          "Nothing at the start of the page, in its title or at its links is a word " +
              jurisdiction + " takes for advertising.",
          jurisdiction);
      if (shown != nullptr && shown->wording.has(Hedge::Benefit))
        add("CD203", shown->range, quote(*shown) + " leaves open whether money is paid.",
            jurisdiction);
    }
  }

  void read_links() {
    for (const PageLink& link : facts_.links.paid) {
      const html::Token& tag = facts_.page.tokens[link.token];
      const std::string rel = attribute_text(facts_.page, tag, "rel", facts_.encoding).value_or("");
      if (!has_word(rel, "sponsored")) {
        const bool nofollow = has_word(rel, "nofollow");
        add("CD401", tag.range,
            "The paid link " + quoted(link.link.text) +
                (nofollow ? " is only nofollow." : " has no rel=\"sponsored\"."));
        breaches_.back().lighter = nofollow;
      }
      if (!link.is_content || is_labelled(facts_, link)) continue;
      add("CD403", tag.range,
          "The paid link " + quoted(link.link.text) + " carries no label of its own.");
      if (link.is_amazon) breaches_.back().network = "Amazon";
    }
  }

  void read_amazon() {
    const auto link = std::find_if(facts_.links.paid.begin(), facts_.links.paid.end(),
                                   [](const PageLink& each) { return each.is_amazon; });
    if (link == facts_.links.paid.end()) return;
    const Candidate* statement = nullptr;
    const Candidate* legacy = nullptr;
    bool only_below = true;
    for (const Candidate& each : facts_.candidates) {
      if (!each.wording.amazon_statement()) continue;
      if (statement == nullptr) statement = &each;
      if (each.wording.has(Says::AmazonLegacy) && legacy == nullptr) legacy = &each;
      only_below = only_below && (each.zone == Zone::Footer || !each.shown);
    }
    if (statement == nullptr)
      return add("CD501", place_of(*link),
                 "The page links to Amazon (" + quoted(link->link.text) +
                     ") without the sentence its agreement asks for.");
    if (legacy != nullptr)
      add("CD502", legacy->range, quote(*legacy) + " is the older form; Amazon still accepts it.");
    if (only_below)
      add("CD503", statement->range,
          "Amazon's sentence stands only in the footer or is not shown: " + quote(*statement));
  }

  const PageFacts& facts_;
  const Policy& policy_;
  Candidates adequate_;  ///< shown
  Candidates unseen_;    ///< adequate but hidden or collapsed
  Candidates effective_;
  Candidates weak_;  ///< shown, about links, adequate or not
  std::vector<Breach> breaches_;
};

}  // namespace

std::vector<Breach> breaches_of(const PageFacts& facts, const Policy& policy) {
  return RuleReader(facts, policy).read();
}

}  // namespace candor::disclosure
