#pragma once
// Test requests of `candor doctor`: what of a request arrives at the redirect front, after the web
// servers and caches in between. Kept in memory for a minute, for requests that carry a key which
// the owner has just been given; never of readers.
#include <atomic>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/random.h"

namespace candor {

/// The header that carries a probe's key, and the one of the answer with the request's number.
inline constexpr std::string_view kProbeHeader = "X-Candor-Probe";
inline constexpr std::string_view kProbeSeenHeader = "X-Candor-Probe-Seen";

struct ProbeSighting {
  std::string peer;             ///< address the connection came from; empty: a Unix socket
  bool peer_trusted = false;    ///< it is one of the trusted proxies
  bool forwarded = false;       ///< there was an X-Forwarded-For, believed or not
  std::string client;           ///< address it would be counted under
  bool client_trusted = false;  ///< that is a trusted proxy's as well
  std::string scheme;           ///< X-Forwarded-Proto; empty: none
  std::string referer;          ///< as it came; empty: none
};

/// Callable from any thread.
class ProbeBook {
 public:
  static constexpr std::chrono::seconds kLife{60};
  static constexpr std::size_t kProbes = 8;           ///< open at a time; the oldest goes first
  static constexpr std::size_t kSightings = 8;        ///< kept of one probe
  static constexpr std::size_t kRefererBytes = 1024;  ///< longer ones are cut

  /// A new probe's key: 32 hexadecimal digits.
  std::string open(Random& random, Millis now);
  /// Costs a look at a number: asked for every request.
  bool any_open() const { return open_.load(std::memory_order_relaxed) != 0; }
  /// The sighting's number from 1, nothing when there is no such probe (any more).
  std::optional<std::size_t> note(std::string_view key, ProbeSighting sighting, Millis now);
  /// In the order they came; nothing when there is no such probe (any more).
  std::optional<std::vector<ProbeSighting>> seen(std::string_view key, Millis now);

 private:
  struct Probe {
    Millis opened{};
    std::size_t count = 0;
    std::vector<ProbeSighting> sightings;
  };
  using Probes = std::map<std::string, Probe, std::less<>>;
  void forget_old(Probes& probes, Millis now);

  Guarded<Probes> probes_;
  std::atomic<std::size_t> open_{0};
};

}  // namespace candor
