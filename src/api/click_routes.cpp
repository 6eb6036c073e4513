// Clicks: the log, and why one of them counts or not.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <span>
#include <unordered_map>
#include <vector>

#include "api/click_json.h"
#include "api/money_json.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

std::optional<ClickId> read_click(const Site& site, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number > 0)
    return ClickId{number};
  return read_click_token(text, site.keys);
}

ClickId click_parameter(const Call& call, std::string_view name) {
  const std::string text = call.query_value(name);
  const auto id = read_click(call.site, text);
  if (!id) throw Problem(422, std::string(name) + " is no click id or token.", std::string(name));
  return *id;
}

std::string why(const Click& click) {
  switch (click.verdict) {
    case Verdict::Human:
      return "Counted: a reader's request, and no repeat of an earlier one.";
    case Verdict::Bot:
      return "Not counted: the user agent is a program's (" + click.reason + ").";
    case Verdict::Prefetch:
      return "Not counted: the browser fetched ahead (" + click.reason +
             "); it was answered 503, so no network counts "
             "it either.";
    case Verdict::Head:
      return "Not counted: a HEAD request asks for headers only.";
    case Verdict::Repeat:
      return "Not counted: the same visitor had followed the same link moments before.";
    case Verdict::Preview:
      return "Not counted: a messenger or social network fetched the link to show a preview (" +
             click.reason + ").";
    case Verdict::Flood:
      return "Not counted: one visitor made more clicks than a person does (" + click.reason + ").";
    case Verdict::DataCentre:
      return "Not counted: it came from a network of servers, where no readers are (" +
             click.reason + ").";
    case Verdict::Test:
      return "Not counted: it was made by the owner or by a check of ours (" + click.reason + ").";
  }
  return {};
}

/// Clicks of days, where days are named. Gives the first click that may be among them.
ClickId filter_by_days(const Call& call, store::ClickFilter& filter) {
  if (!call.query.contains("from") && !call.query.contains("to")) return {};
  const DayRange range = day_range(call);
  const ClickId first = first_click_id(call.site.zone.start_of(range.from));
  const ClickId end = first_click_id(call.site.zone.start_of(range.to + 1));
  if (!filter.before || end < *filter.before) filter.before = end;
  if (filter.after && filter.after->value < first.value) filter.after = ClickId{first.value - 1};
  return first;
}

struct Listed {
  std::vector<Click> clicks;
  json next = nullptr;  ///< the id behind which there may be more
};

/// A page of the log from `first` on, of one rule where one is asked for. No more than
/// kLookedAtMost clicks are looked at for it: then the page may be short, and `next` goes on.
Listed list_page(const Site& site, store::ClickFilter filter, ClickId first,
                 const std::string& reason) {
  constexpr std::size_t kPiece = 10'000;
  constexpr std::size_t kLookedAtMost = 10 * kPiece;
  const std::size_t limit = filter.limit;
  if (!reason.empty()) filter.limit = std::max(limit, kPiece);
  Listed listed;
  for (std::size_t looked_at = 0;;) {
    const auto clicks = site.store.list_clicks(filter);
    for (const Click& click : clicks) {
      if (click.id < first) return listed;
      if (!reason.empty() && click.reason != reason) continue;
      listed.clicks.push_back(click);
      if (listed.clicks.size() < limit) continue;
      listed.next = std::to_string(click.id.value);
      return listed;
    }
    if (clicks.size() < filter.limit) return listed;
    looked_at += clicks.size();
    (filter.after ? filter.after : filter.before) = clicks.back().id;
    if (looked_at < kLookedAtMost) continue;
    listed.next = std::to_string(clicks.back().id.value);
    return listed;
  }
}

void filter_by_reader(const Call& call, store::ClickFilter& filter) {
  if (const std::string text = call.query_value("verdict"); !text.empty()) {
    filter.verdict = find_verdict(text);
    if (!filter.verdict)
      throw Problem(422,
                    "\"" + text +
                        "\" is no verdict: human, bot, prefetch, head, repeat, preview, "
                        "flood, data-centre or test.",
                    "verdict");
  }
  if (const std::string text = call.query_value("country"); !text.empty()) {
    filter.country = Country::parse(text);
    if (!filter.country)
      throw Problem(422, "\"" + text + "\" is no country: two letters, as in DE.", "country");
  }
  if (const std::string text = call.query_value("device"); !text.empty()) {
    filter.device = find_device(text);
    if (!filter.device)
      throw Problem(422, "\"" + text + "\" is no device: desktop, mobile, tablet, tv or unknown.",
                    "device");
  }
}

/// Whoever shows a country owes this to whose database knew it.
json credits_for(const Site& site, std::span<const Click> clicks) {
  const bool with_country =
      std::ranges::any_of(clicks, [](const Click& click) { return bool(click.country); });
  if (!with_country || !site.place_credits) return json::array();
  return site.place_credits();
}

/// What the clock did while the click was made; empty when it ran forward.
std::string about_clock(const Click& click) {
  if (click.skew_ms == 0) return {};
  return "The machine's clock stood " + std::to_string(-std::int64_t{click.skew_ms}) +
         " ms before the click's time: it had been set back, and ids never go back.";
}

/// Null when the verdict is the click's first.
json first_verdict_json(const Site& site, ClickId id) {
  const auto first = site.store.find_first_verdict(id);
  if (!first) return nullptr;
  return {{"verdict", name_of(first->verdict)},
          {"reason", first->reason},
          {"changed_at", format_rfc3339(first->changed_at_ms)}};
}

}  // namespace

ClickWriter::ClickWriter(const Site& site) : site_(site) {}

const std::string& ClickWriter::slug_of(LinkId id) {
  const auto [at, fresh] = slugs_.try_emplace(id.value);
  if (fresh)
    if (const auto link = site_.store.find_link(id)) at->second = link->slug;
  return at->second;
}

const std::string& ClickWriter::path_of(ArticleId id) {
  const auto [at, fresh] = paths_.try_emplace(id.value);
  if (fresh && id)
    if (const auto article = site_.store.find_article(id)) at->second = article->path;
  return at->second;
}

json ClickWriter::write(const Click& click) {
  return {{"id", std::to_string(click.id.value)},
          {"token",
           site_.keys.empty() ? std::string{} : make_click_token(click.id, site_.keys.front())},
          {"at", format_rfc3339(at_ms(click.id))},
          {"link", slug_of(click.link)},
          {"article", path_of(click.article)},
          {"placement", click.placement},
          {"verdict", name_of(click.verdict)},
          {"reason", click.reason},
          {"referrer", click.referrer},
          {"user_agent", click.user_agent},
          {"country", click.country.text()},
          {"device", name_of(click.device)},
          {"os", name_of(click.os)},
          {"language", click.language},
          {"network", name_of(click.asn_class)},
          {"kind", name_of(click.kind)},
          {"variant", click.variant},
          {"skew_ms", click.skew_ms}};
}

http::Response list_clicks(Call& call) {
  store::ClickFilter filter;
  filter.limit = static_cast<std::size_t>(call.query_number("limit", 50, 10000));
  filter.net_only = call.query_value("all") != "1";
  if (call.query.contains("before")) filter.before = click_parameter(call, "before");
  // 0 asks for the log from its beginning.
  if (call.query.contains("after"))
    filter.after = call.query_value("after") == "0" ? ClickId{} : click_parameter(call, "after");
  if (const std::string slug = call.query_value("link"); !slug.empty()) {
    const auto link = call.site.store.find_link(std::string_view(slug));
    if (!link) throw Problem(404, "There is no link \"" + slug + "\".", "link");
    filter.link = link->id;
  }
  if (const std::string path = call.query_value("article"); !path.empty()) {
    const auto article = call.site.store.find_article(pages::url_path(path));
    if (!article) throw Problem(404, "There is no article \"" + path + "\".", "article");
    filter.article = article->id;
  }
  filter_by_reader(call, filter);
  const ClickId first = filter_by_days(call, filter);
  const Listed listed = list_page(call.site, filter, first, call.query_value("reason"));
  ClickWriter writer(call.site);
  json data = json::array();
  for (const Click& click : listed.clicks) data.push_back(writer.write(click));
  return page_response(call,
                       {{"schema", "candor.click.list/1"},
                        {"data", std::move(data)},
                        {"next", listed.next},
                        {"credits", credits_for(call.site, listed.clicks)}},
                       call.query.contains("after") ? "after" : "before");
}

http::Response explain_click(Call& call) {
  const std::string& text = call.path.find("id")->second;
  const auto id = read_click(call.site, text);
  const auto click = id ? call.site.store.find_click(*id) : std::nullopt;
  if (!click)
    throw Problem(404,
                  "There is no click \"" + text + "\". Give its id or token: candor click list");
  json commissions = json::array();
  for (const auto& state : call.site.store.list_commissions(100000)) {
    const auto found = find_click_token(state.row.sub_id, call.site.keys);
    if (found == click->id) commissions.push_back(commission_json(state));
  }
  return json_response({{"click", ClickWriter(call.site).write(*click)},
                        {"counts", click->verdict == Verdict::Human},
                        {"why", why(*click)},
                        {"clock", about_clock(*click)},
                        {"credits", credits_for(call.site, {&*click, 1})},
                        {"first_verdict", first_verdict_json(call.site, click->id)},
                        {"commissions", std::move(commissions)}});
}

}  // namespace candor::api
