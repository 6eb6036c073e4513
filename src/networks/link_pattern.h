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
  bool sure =
      true;  ///< false for generic rules that only look like a network ("any host /c/1/2/3")
};

/// Const and thread-safe once built from the table held in the binary.
class LinkPatterns {
 public:
  LinkPatterns();
  std::optional<NetworkMatch> match(const Url& url) const;

 private:
  struct Rule {
    enum class Host : unsigned char { Exact, Suffix, Prefix, Any } host_kind;
    std::string host;
    std::string network;
    std::string condition;
  };
  std::vector<Rule> rules_;
};

/// Where the network takes a click token (notes: Awin wiki Publisher_Click_Ref and the like; see
/// sub_id.cpp for sources). No slot for Amazon: its agreement forbids sub-tags tied to a user. No
/// slot for unknown networks.
SubIdSlot sub_id_slot(std::string_view network);

/// True for networks whose links must stay direct in the page: Amazon (no cloaking by redirecting
/// links, Program Policies 2026-04-14) and eBay (no automatic redirects, Network Agreement).
bool stays_direct(std::string_view network);

/// The network's name as people write it: "Amazon", "Awin", "eBay".
std::string_view display_name(std::string_view network);

}  // namespace candor::networks
