#pragma once
// Which affiliate network a URL belongs to, by the sourced table in host_patterns.tsv.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "link/destination.h"
#include "link/url.h"

namespace candor::networks {

struct NetworkMatch {
  std::string_view network;  ///< first column of host_patterns.tsv: "amazon", "awin", "cj", ...
  /// false for hosts and shapes that ordinary links have too (short links, "any host /c/1/2/3")
  bool sure = true;
};

/// One rule of the table, in its own words; the views are of the table in the binary.
struct LinkRule {
  std::string_view host_kind;  ///< "exact", "suffix", "prefix" or "any"
  std::string_view host;
  std::string_view condition;
  std::string_view network;
};

/// Const and thread-safe once built from the table held in the binary. Named hosts win over
/// patterns of hosts, longer names over shorter ones, sure rules over unsure ones.
class LinkPatterns {
 public:
  LinkPatterns();
  std::optional<NetworkMatch> match(const Url& url) const;
  /// Whether the table has rules for a network of this name.
  bool knows(std::string_view network) const;
  /// For programs that match where Candor cannot be asked.
  std::vector<LinkRule> sure_rules() const;

 private:
  enum class Host : unsigned char { Exact, Suffix, Prefix, Any };
  struct Rule {
    Host host_kind = Host::Exact;
    std::string_view host;  ///< of the embedded table, as is everything else here
    std::string_view network;
    std::string_view condition;
    bool sure = true;
  };

  void add_rule(std::string_view host, const Rule& row);
  std::optional<NetworkMatch> match_named_host(const Url& url) const;

  std::vector<Rule> named_;  ///< exact and suffix rules, sorted by host
  std::vector<Rule> open_;   ///< prefix and any rules, in the table's order
};

/// Where the network takes a click token (notes: Awin wiki Publisher_Click_Ref and the like; see
/// sub_id.cpp for sources). No slot for Amazon: its agreement forbids sub-tags tied to a user. No
/// slot for unknown networks.
SubIdSlot sub_id_slot(std::string_view network);

/// True when a network's own parameter has this name, so that no reader's request may set it: its
/// sub-ids, its accounts, and where its link leads. False for the empty network.
bool is_network_parameter(std::string_view network, std::string_view name);

/// True for networks that want to see the article a reader came from, or report it back (see
/// referer.cpp for sources); the others learn the site only.
bool wants_referer(std::string_view network);

/// True for networks whose links must stay direct in the page: Amazon (no cloaking by redirecting
/// links, Program Policies 2026-04-14) and eBay (no automatic redirects, Network Agreement).
bool stays_direct(std::string_view network);

/// The network's name as people write it: "Amazon", "Awin", "eBay".
std::string_view display_name(std::string_view network);

}  // namespace candor::networks
