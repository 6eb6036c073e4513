// Any text is a link's rules, or is refused with the member at fault; what is kept of them reads
// back as the same, and every reader gets exactly one of their destinations.
#include <string>

#include "fuzz/fuzz_target.h"
#include "link/targeting.h"
#include "link/targeting_json.h"
#include "link/url.h"

namespace candor::fuzz {
namespace {

void check_targets(const Targeting& targeting) {
  must_hold(targeting.rules.size() <= kMaxRules, "rules have an end");
  std::size_t targets = 0;
  for (const TargetingRule& rule : targeting.rules) {
    must_hold(!rule.targets.empty(), "a rule leads somewhere");
    targets += rule.targets.size();
    for (const SplitTarget& target : rule.targets) {
      const auto url = parse_url(target.destination);
      must_hold(url && (url->scheme == "http" || url->scheme == "https"),
                "a rule's destination is a sound URL");
      must_hold(target.weight >= 1 && target.weight <= kMaxWeight, "weights are in range");
    }
  }
  must_hold(targets <= kMaxTargets, "targets have an end");
  Link link;
  link.slug = "fuzz";
  TargetingContext context;
  context.language = "de";
  context.query = "src=mail&coupon=1";
  for (const std::uint64_t visitor : {0u, 1u, 7u}) {
    context.visitor = visitor;
    Trace trace;
    const Decision decision = decide(link, targeting.rules, context, &trace);
    must_hold(decision.serving == Serving::Serves && decision.variant <= targets,
              "a reader gets one of the destinations");
    must_hold(decide(link, targeting.rules, context).variant == decision.variant,
              "and the same one each time");
  }
}

}  // namespace

void try_input(std::string_view bytes) {
  const auto targeting = parse_targeting(bytes);
  if (!targeting) {
    must_hold(!targeting.error().message.empty(), "a refusal says why");
    return;
  }
  check_targets(*targeting);
  const std::string kept = format_targeting(*targeting);
  must_hold(kept.empty() == targeting->empty(), "nothing is kept of nothing");
  if (kept.empty()) return;
  const auto again = parse_targeting(kept);
  must_hold(again.has_value(), "what is kept can be read");
  must_hold(format_targeting(*again) == kept && again->rules == targeting->rules &&
                again->pass_query == targeting->pass_query,
            "and reads back as the same");
}

}  // namespace candor::fuzz
