#include "jobs/link_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "disclosure/page/page_address.h"
#include "jobs/link_pages.h"
#include "link/url.h"
#include "store/errors.h"

namespace candor::jobs {
namespace {

using store::LinkCheck;

constexpr int kMostRedirects = 5;
constexpr std::int64_t kDeadAfter = 3;  // failures in a row

/// What one look found, before it is put beside the looks of earlier days.
struct Look {
  std::string health;
  int status = 0;
  std::string detail;
};

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Servers that answer HEAD as they should not are asked again as browsers ask.
ProbeAnswer ask(const LinkCheckSettings& settings, const std::string& url) {
  ProbeAnswer answer = settings.probe("HEAD", url);
  return answer.status >= 400 ? settings.probe("GET", url) : answer;
}

Look judge(const ProbeAnswer& answer) {
  const int status = answer.status;
  if (status == 0) return {"failing", 0, answer.problem};
  if (status == 404 || status == 410) return {"dead", status, fmt::format("it answers {}", status)};
  if (status >= 500) return {"failing", status, fmt::format("it answers {}", status)};
  if (status >= 400)
    return {"unsure", status, fmt::format("it answers machines {}; look with a browser", status)};
  return {"ok", status, {}};
}

Look look_at(const LinkCheckSettings& settings, std::string url) {
  for (int redirects = 0;; ++redirects) {
    if (settings.allowed && !settings.allowed(url))
      return {"unsure", 0, "its robots.txt asks machines to stay away"};
    const ProbeAnswer answer = ask(settings, url);
    if (!is_redirect(answer.status) || answer.location.empty()) return judge(answer);
    if (redirects == kMostRedirects)
      return {"unsure", answer.status, fmt::format("more than {} redirects", kMostRedirects)};
    const auto next = disclosure::PageAddress(url, {}).resolve(answer.location);
    if (!next || !next->url) return {"unsure", answer.status, "it redirects to no web page"};
    if (const std::string network = network_at(*next->url, settings.programmes); !network.empty())
      return {"ok", answer.status, fmt::format("it leads on to {}, which is not asked", network)};
    url = next->url->href;
  }
}

/// With the failures that came before.
LinkCheck settle(Look look, const std::string& url, const Link& link,
                 const std::optional<LinkCheck>& before, std::int64_t now_ms) {
  LinkCheck check{.link = link.id,
                  .url = url,
                  .health = std::move(look.health),
                  .status = look.status,
                  .detail = std::move(look.detail),
                  .checked_at_ms = now_ms};
  if (check.health != "dead" && check.health != "failing") return check;
  const bool goes_on = before && before->url == url && before->failing_since_ms;
  check.failing_since_ms = goes_on ? *before->failing_since_ms : now_ms;
  check.failures = goes_on ? before->failures + 1 : 1;
  if (check.failures >= kDeadAfter) check.health = "dead";
  return check;
}

/// Of two pages of a link the one its owner has to look after; of equals, the one that fails
/// longest.
bool is_worse(const LinkCheck& a, const LinkCheck& b) {
  constexpr std::array<std::string_view, 4> kOrder{"ok", "unsure", "failing", "dead"};
  const auto rank = [&](const LinkCheck& check) {
    return std::pair(std::ranges::find(kOrder, check.health) - kOrder.begin(), check.failures);
  };
  return rank(a) > rank(b);
}

bool is_over(const Link& link, std::int64_t now_ms) {
  return link.state == LinkState::Disabled ||
         (link.expires_at_ms != 0 && link.expires_at_ms <= now_ms);
}

struct Due {
  Link link;
  std::int64_t checked_at_ms = 0;  ///< 0: never
};

/// Links that are due, those first that were looked at longest ago. Those that may not be asked are
/// noted, where that is news.
std::vector<Due> find_due(store::Store& store, const LinkCheckSettings& settings,
                          std::int64_t now_ms, LinkCheckReport& report) {
  std::unordered_map<std::int64_t, LinkCheck> known;
  for (LinkCheck& check : store.list_link_checks())
    known.emplace(check.link.value, std::move(check));
  const std::int64_t again_ms = now_ms - std::chrono::milliseconds(settings.again_after).count();
  std::vector<Due> due;
  std::vector<LinkCheck> not_asked;
  store::each_link(store, [&](const Link& link) {
    if (is_over(link, now_ms)) return;
    const auto at = known.find(link.id.value);
    const LinkPages behind = pages_of(settings, link, now_ms);
    if (behind.pages.empty()) {
      ++report.unchecked;
      if (at == known.end() || at->second.health != "unchecked" || at->second.detail != behind.why)
        not_asked.push_back({.link = link.id,
                             .url = {},
                             .health = "unchecked",
                             .detail = behind.why,
                             .checked_at_ms = now_ms});
      return;
    }
    const std::int64_t checked = at == known.end() ? 0 : at->second.checked_at_ms;
    if (checked <= again_ms || checked < link.updated_at_ms) due.push_back({link, checked});
  });
  if (!not_asked.empty()) store.record_link_checks(not_asked);
  std::ranges::stable_sort(due, {}, &Due::checked_at_ms);
  return due;
}

/// Keeps a host from being asked more often than it is polite.
class Pace {
 public:
  Pace(const LinkCheckSettings& settings, const Clock& clock)
      : settings_(settings), clock_(clock) {}

  void wait_for(const std::string& url) {
    const auto parsed = parse_url(url);
    if (!settings_.wait || !parsed) return;
    const Millis now = clock_.now();
    const auto [at, is_new] = next_.try_emplace(parsed->host, now);
    if (!is_new && at->second > now) settings_.wait(at->second - now);
    at->second = std::max(at->second, now) + settings_.pace;
  }

 private:
  const LinkCheckSettings& settings_;
  const Clock& clock_;
  std::map<std::string, Millis> next_;
};

}  // namespace

store::LinkCheck check_link_now(const store::Store& store, const LinkCheckSettings& settings,
                                const Link& link, std::int64_t now_ms,
                                const std::function<void(const std::string&)>& before_asking) {
  const LinkPages behind = pages_of(settings, link, now_ms);
  if (behind.pages.empty())
    return {.link = link.id,
            .url = {},
            .health = "unchecked",
            .detail = behind.why,
            .checked_at_ms = now_ms};
  const auto before = store.find_link_check(link.id);
  std::optional<LinkCheck> worst;
  for (const LinkPage& page : behind.pages) {
    if (store.jobs_stopped()) throw store::Stopped();
    if (before_asking) before_asking(page.url);
    Look look = look_at(settings, page.url);
    if (!page.of.empty() && !look.detail.empty()) look.detail = page.of + ": " + look.detail;
    LinkCheck check = settle(std::move(look), page.url, link, before, now_ms);
    if (!worst || is_worse(check, *worst)) worst = std::move(check);
  }
  return *worst;
}

LinkCheckReport check_links(store::Store& store, const Clock& clock,
                            const LinkCheckSettings& settings) {
  LinkCheckReport report;
  const Millis began = clock.now();
  const std::vector<Due> due = find_due(store, settings, to_ms(began), report);
  Pace pace(settings, clock);
  for (const Due& each : due) {
    if (store.jobs_stopped()) throw store::Stopped();
    if (report.checked == settings.most || clock.now() - began > settings.longest) {
      report.left = due.size() - report.checked;
      break;
    }
    const LinkCheck check = check_link_now(store, settings, each.link, to_ms(clock.now()),
                                           [&pace](const std::string& url) { pace.wait_for(url); });
    if (store.jobs_stopped()) throw store::Stopped();  // then the look may be half a look
    store.record_link_checks({check});
    ++report.checked;
    if (check.health == "dead") ++report.dead;
    if (check.health == "failing") ++report.failing;
  }
  return report;
}

}  // namespace candor::jobs
