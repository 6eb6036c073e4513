#pragma once
// One answered request for a link, with the verdict on whether it counts.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.h"
#include "click/click_id.h"
#include "click/country.h"
#include "click/device.h"

namespace candor {

/// Only Human clicks are net; all are gross. The numbers are written to journals and databases:
/// never renumber.
enum class Verdict : std::uint8_t {
  Human = 0,
  Bot = 1,
  Prefetch = 2,
  Head = 3,
  Repeat = 4,      ///< same reader and link within the repeat window
  Preview = 5,     ///< a messenger or social network that shows a preview of the link
  Flood = 6,       ///< one reader, more clicks than a person makes
  DataCentre = 7,  ///< from a network where servers stand, not readers
  Test = 8,        ///< made by the owner or by our own checks
};
inline constexpr int kVerdictCount = 9;

/// "human", "bot", "prefetch", "head", "repeat", "preview", "flood", "data-centre", "test"
std::string_view name_of(Verdict verdict);
std::optional<Verdict> find_verdict(std::string_view name);

/// How the click reached us.
enum class ClickKind : std::uint8_t {
  Redirect = 0,  ///< through a link of ours
  Beacon = 1,    ///< on a direct link, told by the page: best effort
};
inline constexpr int kClickKindCount = 2;
std::string_view name_of(ClickKind kind);  ///< "redirect", "beacon"

/// Whose network the address belonged to, as far as the owner's database says.
enum class AsnClass : std::uint8_t { Unknown = 0, Reader = 1, DataCentre = 2 };
inline constexpr int kAsnClassCount = 3;
std::string_view name_of(AsnClass asn_class);  ///< "unknown", "reader", "data-centre"

struct Click {
  ClickId id;
  LinkId link;
  ArticleId article;            ///< none: unknown
  std::uint16_t placement = 0;  ///< n-th paid link of the article, from 1; 0: unknown
  std::uint64_t visitor = 0;    ///< keyed hash of the day; 0: not kept
  Verdict verdict = Verdict::Human;
  std::string reason;      ///< why it is not human: pattern or header; empty for humans
  std::string referrer;    ///< host and path of the Referer, no query; empty: none
  std::string user_agent;  ///< at most 512 bytes
  Country country{};
  Device device = Device::Unknown;
  Os os = Os::Unknown;
  AsnClass asn_class = AsnClass::Unknown;
  std::string
      language{};  ///< of Accept-Language, its first: primary subtag, lower case ("de"); or empty
  std::uint8_t variant = 0;  ///< which destination: 0 the link's own, n its n-th target
  ClickKind kind = ClickKind::Redirect;
  std::int32_t skew_ms = 0;  ///< the wall clock minus the id's time: not 0 when the clock went back

  friend bool operator==(const Click&, const Click&) = default;
};

/// What a click says without its texts, by the same names: for where many clicks pass at once.
struct ClickFacts {
  ClickId id;
  LinkId link;
  ArticleId article;
  std::uint64_t visitor = 0;
  std::int32_t skew_ms = 0;
  std::uint16_t placement = 0;
  Country country{};
  Verdict verdict = Verdict::Human;
  Device device = Device::Unknown;
  Os os = Os::Unknown;
  AsnClass asn_class = AsnClass::Unknown;
  ClickKind kind = ClickKind::Redirect;
  std::uint8_t variant = 0;

  friend bool operator==(const ClickFacts&, const ClickFacts&) = default;
};
ClickFacts facts_of(const Click& click);
/// A click that says no more; its texts are empty.
Click click_of(const ClickFacts& facts);

}  // namespace candor
