#include "redirect/front.h"

#include <utility>

#include "redirect/answers.h"
#include "redirect/client_address.h"
#include "redirect/pending_answers.h"
#include "redirect/repeat_filter.h"
#include "redirect/visit.h"

namespace candor::redirect {
namespace {

/// How often salts are looked at when no click makes us do so.
constexpr std::chrono::minutes kSaltRounds{30};

}  // namespace

struct Front::Impl {
  Impl(http::EventLoop& its_loop, journal::Journal& its_journal, const Clock& its_clock,
       SaltKeeper& its_salts, const BotFilter& its_bots, ClickTokenKey its_key, Options its_options,
       std::shared_ptr<Counters> its_counters)
      : loop(its_loop),
        journal(its_journal),
        clock(its_clock),
        salts(its_salts),
        bots(its_bots),
        token_key(its_key),
        options(std::move(its_options)),
        counters(std::move(its_counters)),
        proxies(options.trusted_proxies),
        repeats(options.repeat_window),
        minter(options.node, journal.last_click_at_open()),
        answers(loop, counters, options.deadline) {
    keep_salts();
  }
  ~Impl() { loop.cancel(salt_timer); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Salts die on time also on a site that nobody visits.
  void keep_salts() {
    salts.salt_at(clock.now());
    salt_timer = loop.after(kSaltRounds, [this] { keep_salts(); });
  }

  Click make_click(const http::Request& request, const LinkEntry& link);
  void judge(const http::Request& request, Click& click, Millis now);
  void follow(const http::Request& request, const LinkEntry& link, http::Reply reply);

  http::EventLoop& loop;
  journal::Journal& journal;
  const Clock& clock;
  SaltKeeper& salts;
  const BotFilter& bots;
  ClickTokenKey token_key;
  Options options;
  std::shared_ptr<Counters> counters;
  std::shared_ptr<const LinkTable> links = std::make_shared<const LinkTable>();
  TrustedProxies proxies;
  RepeatFilter repeats;
  ClickIdMinter minter;
  PendingAnswers answers;
  std::uint64_t salt_timer = 0;
};

Click Front::Impl::make_click(const http::Request& request, const LinkEntry& link) {
  const Millis now = clock.now();
  Source source = read_source(request, *links, options.site_hosts);
  Click click;
  click.id = minter.mint(now);
  click.link = link.id;
  click.article = source.article;
  click.placement = source.placement;
  click.referrer = std::move(source.referrer);
  click.user_agent = request.find_header("User-Agent").value_or("").substr(0, kUserAgentBytes);
  click.visitor =
      visitor_key(salts.salt_at(now), proxies.client_address(request), click.user_agent);
  judge(request, click, now);
  return click;
}

void Front::Impl::judge(const http::Request& request, Click& click, Millis now) {
  if (request.method == "HEAD") {
    click.verdict = Verdict::Head;
    click.reason = "HEAD";
  } else if (auto prefetch = find_prefetch(request)) {
    click.verdict = Verdict::Prefetch;
    click.reason = std::move(*prefetch);
  } else if (auto bot = bots.find_bot(click.user_agent)) {
    click.verdict = Verdict::Bot;
    click.reason = std::move(*bot);
  } else if (repeats.is_repeat(click.visitor, click.link, now)) {
    click.verdict = Verdict::Repeat;
    click.reason = "same reader and link";
  }
}

void Front::Impl::follow(const http::Request& request, const LinkEntry& link, http::Reply reply) {
  Click click = make_click(request, link);
  http::Response response;
  if (click.verdict == Verdict::Prefetch) {
    response = prefetch_answer();
  } else {
    const std::string token =
        link.destination.has_slot ? make_click_token(click.id, token_key) : std::string{};
    response = redirect_answer(link.destination.with_token(token), link.keeps_referer);
  }
  answers.append(journal, std::move(click), std::move(reply), std::move(response));
}

Front::Front(http::EventLoop& loop, journal::Journal& journal, const Clock& clock,
             SaltKeeper& salts, const BotFilter& bots, ClickTokenKey token_key, Options options)
    : counters_(std::make_shared<Counters>()),
      impl_(std::make_unique<Impl>(loop, journal, clock, salts, bots, token_key, std::move(options),
                                   counters_)) {}

Front::~Front() = default;

void Front::set_links(std::shared_ptr<const LinkTable> links) { impl_->links = std::move(links); }

void Front::handle(const http::Request& request, http::Reply reply) {
  if (request.method != "GET" && request.method != "HEAD") return reply.send(method_answer());
  if (request.path == "/healthz") return reply.send(health_answer());
  const auto slug = read_slug(request.path, impl_->options.go_prefix);
  const LinkEntry* link = slug ? impl_->links->find_link(*slug) : nullptr;
  if (link != nullptr && link->state == LinkState::Active)
    return impl_->follow(request, *link, std::move(reply));
  if (slug) ++counters_->not_found;
  const auto& hosts = impl_->options.site_hosts;
  reply.send(not_found_answer(hosts.empty() ? std::string_view{} : hosts.front()));
}

}  // namespace candor::redirect
