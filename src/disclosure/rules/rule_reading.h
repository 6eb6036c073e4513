#pragma once
// Internal to the rules: one reading of a page's candidates that every group of rules shares, and
// the list their breaches go to.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/rules/rules.h"

namespace candor::disclosure {

struct RuleReading {
  using Candidates = std::vector<const Candidate*>;

  RuleReading(const PageFacts& page_facts, const Policy& owner_policy);

  const PageFacts& facts;
  const Policy& policy;
  Candidates adequate;   ///< adequate and shown
  Candidates unseen;     ///< adequate but hidden or collapsed
  Candidates effective;  ///< see is_effective
  Candidates weak;       ///< shown, about links, adequate or not
  std::vector<Breach> breaches;
  std::vector<std::string> not_evaluated;  ///< what a rule could not see

  /// The breach that was added, for its rarer members.
  Breach& add(std::string_view rule, ByteRange place, std::string message);

  /// How a candidate of the page is seen; on other surfaces nothing is known of it.
  const Look& look_of(const Candidate& candidate) const;

  /// Whether the link carries a label, and whether that stands before its text. See page_facts.h.
  bool is_labelled(const PageLink& link) const { return label_of(link) != Label::None; }
  bool is_labelled_before(const PageLink& link) const { return label_of(link) == Label::Before; }

  /// What the page says of its links, first and best: effective, else adequate, else weak; null
  /// when it says nothing.
  const Candidate* statement() const;
  bool has_paid_links() const { return !facts.links.paid.empty(); }
  /// The first content link, else the first of all. There must be one.
  const PageLink& first_link() const;
  ByteRange place_of(const PageLink& link) const { return facts.page.tokens[link.token].range; }
  std::string quote(const Candidate& candidate) const;
  std::string name_of(const PageLink& link) const;  ///< its text in quotes, else its address
  std::string count_of_links() const;               ///< "1 paid link", "5 paid links"

 private:
  enum class Label : std::uint8_t { Unknown, None, Before, Behind };
  Label label_of(const PageLink& link) const;
  mutable std::vector<Label> labels_;  ///< as far as they were asked for, by link
};

/// The text in quotes, cut at 120 bytes.
std::string quoted(std::string_view text);

/// Says something about affiliate links or programmes, adequate or not. Denials do not count.
bool speaks_of_links(const Candidate& candidate);

/// An accepted ad word stands at the start of a disclosure, in the title line, or at every content
/// link.
bool has_ad_word(const RuleReading& reading, std::string_view jurisdiction);

// The groups of rules, one file each.
void read_visuals(RuleReading& reading);        ///< CD304, CD305, CD307, CD310, CD405
void read_placement(RuleReading& reading);      ///< CD101-CD108, CD111, CD301-CD303, CD306, CD309
void read_without_links(RuleReading& reading);  ///< CD110
void read_wording(RuleReading& reading);        ///< CD201-CD211
void read_labels(RuleReading& reading);         ///< CD308, CD401-CD404, CD406
void read_forced_visits(RuleReading& reading);  ///< CD407, also on pages without paid links
void read_amazon(RuleReading& reading);         ///< CD501-CD506
void read_networks(RuleReading& reading);       ///< CD507
void read_teasers(RuleReading& reading);        ///< CD109, also on pages without paid links
void read_variants(RuleReading& reading);       ///< CD601
void read_feed_item(RuleReading& reading);      ///< CD602
void read_email(RuleReading& reading);          ///< CD603
void read_subject(RuleReading& reading);        ///< CD701

}  // namespace candor::disclosure
