// Where each network takes a publisher's click token, and how much of it comes back. Read 2026-11:
//   Awin         wiki.awin.com Publisher_Click_Ref: clickref; reports show its first 50 characters
//   CJ           pages.ebay.com/help/editorkit/sid.html (old): sid, 30 letters and digits, never
//   "0" ClickBank    support.clickbank.com 220365867: tid, 100 characters of a-z 0-9 _ eBay
//   partnerhelp.ebay.com "All About Tracking": customid, 256 letters and digits FlexOffers
//   supportbeta.flexoffers.com "global postback": fobs; no limit stated Impact help.impact.com
//   48001235417: subId1; Walmart runs on Impact Partnerize   docs.fmtc.co/kb/partnerize: path
//   segment /pubref:VALUE, 256 Pepperjam    ascendpartner.zendesk.com 13220262443805: sid, 100
//   Rakuten      pubhelp.rakutenadvertising.com 10035508493709: u1, 72 alphanumerics
//   ShareASale   FMTC's ShareASale page: afftrack; no limit stated
//   Skimlinks    support.skimlinks.com 223835348: xcust, 50
//   Sovrn        knowledge.sovrn.com on cuid: cuid, letters and digits; the older, shorter limit
//                of 32 is kept
//   Affilae      affilae's own documentation: aesubid0, 255 letters and digits
//   Tradedoubler, ADCELL, financeAds, TradeTracker, Webgains, TUNE: gist lbdremy/4770970 and
//   dcmnetwork's list; no limit stated.
// Amazon is left out on purpose: "you may not dynamically assign sub-tags to users as they arrive"
// (Associates operating agreement).
#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.h"
#include "networks/link_pattern.h"

namespace candor::networks {

namespace {

struct SubIds {
  std::string_view network;
  SubIdSlot slot;
  /// What its other sub-ids and its own parameters begin with, beside the slot's own.
  std::array<std::string_view, 4> family{};
  /// Where its links lead, by names too short to have a family.
  std::string_view deep_link{};
};

// Between an owner's value and the token stands what the network allows in a value: nothing where
// that is letters and digits only.
constexpr std::array<SubIds, 20> kSubIds{{
    {"adcell", {"subid", false, 0}, {"param"}},
    {"affilae", {"aesubid0", false, 255, ""}, {"aesubid"}},
    {"awin", {"clickref", false, 50}, {"awin", "pref", "viewref"}, "p"},
    {"cj", {"sid", false, 30, ""}, {"cjevent"}},
    {"clickbank", {"tid", false, 100, "_"}, {"affiliate", "vendor"}},
    {"ebay", {"customid", false, 256, ""}, {"mk", "campid", "toolid", "siteid"}, "mpre"},
    {"financeads", {"subid", false, 0}},
    {"flexoffers", {"fobs", false, 0}, {"foid", "trid"}},
    {"impact", {"subId1", false, 0}, {"subid", "sharedid", "irpid", "irclickid"}},
    {"partnerize", {"pubref", true, 256}, {"camref", "clickref", "adref"}},
    {"pepperjam", {"sid", false, 100}, {"publisherid"}},
    {"rakuten", {"u1", false, 72, ""}, {"offerid", "mid", "murl"}},
    {"shareasale", {"afftrack", false, 0}, {"urllink", "shareasale"}},
    {"skimlinks", {"xcust", false, 50}, {"xs"}},
    {"sovrn", {"cuid", false, 32, ""}, {"key", "subid"}},
    {"tradedoubler", {"epi", false, 0}},
    {"tradetracker", {"r", false, 0}},
    {"tune", {"aff_sub", false, 0}, {"aff_id", "offer_id"}},
    {"walmart", {"subId1", false, 0}, {"subid", "sharedid", "wmlspartner", "veh"}},
    {"webgains", {"clickref", false, 0}, {"wg"}},
}};

constexpr std::array<std::string_view, 4> kAmazonParameters{"tag", "ascsubtag", "associatetag",
                                                            "linkcode"};

// Where some network's link takes the merchant's page (Awin ued, Impact and Sovrn u, CJ, Skimlinks,
// Tradedoubler and FlexOffers url, Partnerize destination, Rakuten murl, ShareASale urllink,
// Webgains wgtarget), and what redirects commonly call it: a reader's request must not make an
// owner's link lead elsewhere.
constexpr std::array<std::string_view, 11> kDeepLinks{
    "url",    "u",        "murl", "ued",     "destination", "dest",
    "target", "redirect", "to",   "urllink", "wgtarget"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::any_of(
      names, [name](std::string_view each) { return ascii::equals_ignoring_case(each, name); });
}

bool begins_with(std::string_view name, std::string_view start) {
  return !start.empty() && ascii::equals_ignoring_case(name.substr(0, start.size()), start);
}

}  // namespace

SubIdSlot sub_id_slot(std::string_view network) {
  for (const SubIds& each : kSubIds)
    if (each.network == network) return each.slot;
  return {};
}

bool is_network_parameter(std::string_view network, std::string_view name) {
  if (network.empty()) return false;
  if (is_one_of(kDeepLinks, name)) return true;
  if (network == "amazon") return is_one_of(kAmazonParameters, name);
  for (const SubIds& each : kSubIds) {
    if (each.network != network) continue;
    if (!each.deep_link.empty() && ascii::equals_ignoring_case(name, each.deep_link)) return true;
    const std::string_view own = each.slot.parameter;
    // "r" and "u1" are too short to have a family.
    if (own.size() > 2 ? begins_with(name, own) : ascii::equals_ignoring_case(name, own))
      return true;
    return std::ranges::any_of(each.family,
                               [name](std::string_view start) { return begins_with(name, start); });
  }
  return false;
}

}  // namespace candor::networks
