#include "redirect/front.h"

#include <utility>

#include "base/guarded.h"
#include "link/route.h"
#include "redirect/address_throttle.h"
#include "redirect/answers.h"
#include "redirect/beacon_desk.h"
#include "redirect/click_maker.h"
#include "redirect/pending_answers.h"
#include "redirect/probe_notes.h"
#include "redirect/visit.h"

namespace candor::redirect {
namespace {

/// How often salts are looked at when no click makes us do so.
constexpr std::chrono::minutes kSaltRounds{30};

/// Only a click can show that the journal works again, and who asks whether we are ready may send
/// none until we are: after this long without a further failure we are worth a try.
constexpr std::chrono::seconds kFailureMemory{30};

}  // namespace

struct Front::Impl {
  Impl(http::EventLoop& its_loop, journal::Journal& its_journal, const Clock& its_clock,
       SaltKeeper& its_salts, const BotFilter& its_bots, ClickTokenKey its_key, Options its_options,
       std::shared_ptr<Counters> its_counters)
      : loop(its_loop),
        journal(its_journal),
        clock(its_clock),
        salts(its_salts),
        token_key(its_key),
        options(std::move(its_options)),
        counters(std::move(its_counters)),
        maker(its_clock, its_salts, its_bots, token_key, options, journal.last_click_at_open()),
        proxies(options.trusted_proxies, options.forwarded_header),
        unknown(token_key.secret),
        answers(loop, journal, counters, options.deadline) {
    salts.salt_at(clock.now());
    keep_salts();
  }
  ~Impl() { loop.cancel(salt_timer); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Salts die on time also on a site that nobody visits. The next round is set before anything can
  // go wrong in this one.
  void keep_salts() {
    salt_timer = loop.after(kSaltRounds, [this] {
      keep_salts();
      maker.keep_only(salts.salt_at(clock.now()));
    });
  }

  TargetingContext context_of(const http::Request& request, const MadeClick& made) const;
  http::Response redirect(const http::Request& request, const Route& route,
                          const MadeClick& made) const;
  void follow(const http::Request& request, const FoundLink& link, http::Reply reply);
  std::optional<FoundLink> find_link(std::string_view path) const;
  http::Response miss(const http::Request& request);
  std::optional<std::size_t> find_probe(const http::Request& request) const {
    return note_probe(probes, request, proxies, options.forwarded_header, clock.now());
  }
  http::Response readiness();
  bool can_write();
  std::string_view site_host() const {
    return options.site_hosts.empty() ? std::string_view{} : options.site_hosts.front();
  }

  http::EventLoop& loop;
  journal::Journal& journal;
  const Clock& clock;
  SaltKeeper& salts;
  ClickTokenKey token_key;
  Options options;
  std::shared_ptr<Counters> counters;
  std::shared_ptr<const LinkTable> links = std::make_shared<const LinkTable>();
  bool has_links = false;
  HumanClicks human_clicks;
  ClickMaker maker;
  TrustedProxies proxies;
  AddressThrottle unknown;
  PendingAnswers answers;
  BeaconDesk* beacons = nullptr;
  ProbeBook* probes = nullptr;
  std::uint64_t salt_timer = 0;
  struct Failures {
    std::uint64_t count = 0;  ///< of the journal, when last looked at
    Millis seen_at{};         ///< when they were seen to have grown
  };
  Guarded<Failures> failures;
};

TargetingContext Front::Impl::context_of(const http::Request& request,
                                         const MadeClick& made) const {
  const std::int64_t at_ms = to_ms(clock.now());
  const Click& click = made.click;
  return {.country = click.country,
          .device = click.device,
          .os = click.os,
          .language = click.language,
          .at_ms = at_ms,
          .local = local_time(options.zone ? options.zone->local_of(at_ms) : at_ms),
          .query = request.query,
          .visitor = made.reader};
}

void Front::Impl::follow(const http::Request& request, const FoundLink& link, http::Reply reply) {
  MadeClick made =
      maker.make_click(request, link.id, read_source(request, *links, options.site_hosts));
  const auto probe = find_probe(request);
  if (probe) {
    made.click.verdict = Verdict::Test;
    made.click.reason = "candor doctor";
  }
  const Route route = find_route(
      *links, link, link.plan ? context_of(request, made) : TargetingContext{}, human_clicks);
  if (route.end != RouteEnd::Redirect) {
    ++counters->not_found;
    return reply.send(route.end == RouteEnd::Gone ? gone_answer(site_host())
                                                  : not_found_answer(site_host()));
  }
  made.click.variant = route.variant;
  maker.judge_pace(made);
  if (made.click.verdict == Verdict::Human && link.plan && link.plan->link.click_cap > 0)
    human_clicks.add(link.id);
  http::Response response =
      made.click.verdict == Verdict::Prefetch ? prefetch_answer() : redirect(request, route, made);
  if (probe) response.headers.emplace_back(kProbeSeenHeader, std::to_string(*probe));
  answers.append(std::move(made.click), std::move(reply), std::move(response));
}

http::Response Front::Impl::redirect(const http::Request& request, const Route& route,
                                     const MadeClick& made) const {
  ClickTokenText text{};
  std::string_view token;
  if (route.takes_click() && made.may_carry_token) {
    text = click_token_text(made.click.id, token_key);
    token = {text.data(), text.size()};
  }
  return redirect_answer(
      route.location({.click = token,
                      .article = !route.plain ? links->path_of(made.click.article) : "",
                      .placement = made.click.placement,
                      .country = made.click.country,
                      .query = request.query}),
      route.keeps_referer, route.code);
}

std::optional<FoundLink> Front::Impl::find_link(std::string_view path) const {
  const std::string& prefix = options.go_prefix;
  // Nearly all slugs are written as they are.
  if (path.starts_with(prefix) && path.find('%') == std::string_view::npos)
    return links->find_link(path.substr(prefix.size()));
  const auto slug = read_slug(path, prefix);
  return slug ? links->find_link(*slug) : std::nullopt;
}

// Who guesses slugs is slowed down. Requests that only a trusted proxy is known to have sent could
// be anybody's, so they are left alone.
http::Response Front::Impl::miss(const http::Request& request) {
  // The way to us can be tested with a slug that leads nowhere as well; that is no click.
  if (const auto probe = find_probe(request)) {
    http::Response response = redirect_answer("/", true);
    response.headers.emplace_back(kProbeSeenHeader, std::to_string(*probe));
    return response;
  }
  const std::string client = proxies.client_address(request);
  if (!proxies.contains(std::string_view(client)))
    if (const auto wait = unknown.take(client, options.not_found_per_minute, clock.now())) {
      ++counters->throttled;
      return too_many_answer(*wait);
    }
  if (read_slug(request.path, options.go_prefix)) ++counters->not_found;
  return not_found_answer(site_host());
}

http::Response Front::Impl::readiness() {
  if (!has_links) return not_ready_answer("links are not loaded");
  return can_write() ? ready_answer() : not_ready_answer("clicks cannot be written");
}

bool Front::Impl::can_write() {
  const journal::Counters written = journal.counters();
  const Millis now = clock.now();
  return failures.with([&](Failures& seen) {
    if (written.failed != seen.count) seen = {written.failed, now};
    return written.last_error.empty() || now - seen.seen_at >= kFailureMemory;
  });
}

bool Front::can_write() const { return impl_->can_write(); }

Front::Front(http::EventLoop& loop, journal::Journal& journal, const Clock& clock,
             SaltKeeper& salts, const BotFilter& bots, ClickTokenKey token_key, Options options)
    : counters_(std::make_shared<Counters>()),
      impl_(std::make_unique<Impl>(loop, journal, clock, salts, bots, token_key, std::move(options),
                                   counters_)) {}

Front::~Front() = default;

void Front::set_links(std::shared_ptr<const LinkTable> links) {
  impl_->links = std::move(links);
  for (const CappedLink& link : impl_->links->capped_links())
    impl_->human_clicks.raise(link.id, link.human_clicks);
  impl_->has_links = true;
}

void Front::set_atlas(std::shared_ptr<const geo::Atlas> atlas) {
  impl_->maker.set_atlas(std::move(atlas));
}

void Front::set_options(Options options) {
  TrustedProxies proxies(options.trusted_proxies, options.forwarded_header);
  impl_->maker.set_options(options);
  impl_->proxies = std::move(proxies);
  impl_->answers.set_deadline(options.deadline);
  options.node = impl_->options.node;
  impl_->options = std::move(options);
}

void Front::set_beacons(BeaconDesk& desk) { impl_->beacons = &desk; }

void Front::set_probes(ProbeBook& book) { impl_->probes = &book; }

void Front::handle(const http::Request& request, http::Reply reply) {
  Impl& its = *impl_;
  if (its.beacons != nullptr && BeaconDesk::owns(request.path, its.options.go_prefix))
    return reply.send(its.beacons->answer(
        {request, its.options, *its.links, its.proxies, its.maker, its.journal}));
  if (request.method == "OPTIONS") return reply.send(options_answer());
  if (request.method != "GET" && request.method != "HEAD") return reply.send(method_answer());
  if (request.path == "/healthz") return reply.send(health_answer());
  if (request.path == "/readyz") return reply.send(impl_->readiness());
  const auto link = impl_->find_link(request.path);
  if (link &&
      (link->state == LinkState::Active || (link->state == LinkState::Disabled && link->plan)))
    return impl_->follow(request, *link, std::move(reply));
  reply.send(impl_->miss(request));
}

}  // namespace candor::redirect
