#include "jobs/reclassify.h"

#include <algorithm>

#include "click/user_agent_cache.h"

namespace candor::jobs {
namespace {

constexpr std::size_t kPage = 500;  // a slice of writing, too

/// Whether a user agent alone gave the verdict. One that retention has emptied tells no more.
bool is_by_user_agent(const Click& click) {
  if (click.user_agent.empty()) return false;
  return click.verdict == Verdict::Human || click.verdict == Verdict::Bot ||
         click.verdict == Verdict::Preview;
}

/// No reader is made of a bot that came from a network of servers. Whether the owner counts those
/// networks is not kept with the click, so it stays what it was.
bool is_bot_of_servers(const Click& click, Verdict fresh) {
  return fresh == Verdict::Human && click.asn_class == AsnClass::DataCentre;
}

}  // namespace

ReclassifyReport reclassify(store::ClickStore& store, const BotFilter& bots,
                            const rollup::SiteZone& zone, const Clock& clock,
                            const ReclassifyRange& range) {
  UserAgentCache user_agents(bots);
  ReclassifyReport report;
  ClickId after = range.after;
  while (report.looked_at < range.limit) {
    const std::size_t page = std::min<std::size_t>(kPage, range.limit - report.looked_at);
    const auto clicks = store.list_clicks(
        {.after = after, .before = range.before, .net_only = false, .limit = page});
    std::vector<store::NewVerdict> fresh;
    for (const Click& click : clicks) {
      if (!is_by_user_agent(click)) continue;
      const UserAgentClass& known = user_agents.classify(click.user_agent);
      if (known.verdict == click.verdict || is_bot_of_servers(click, known.verdict)) continue;
      fresh.push_back({.click = click.id, .verdict = known.verdict, .reason = known.reason});
      ++report.changes[{click.verdict, known.verdict}];
    }
    report.looked_at += clicks.size();
    report.changed += range.dry_run || fresh.empty()
                          ? fresh.size()
                          : store.change_verdicts(fresh, zone, to_ms(clock.now()));
    if (clicks.size() < page) return report;
    after = clicks.back().id;
  }
  report.next = after;
  return report;
}

}  // namespace candor::jobs
