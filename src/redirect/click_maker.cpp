#include "redirect/click_maker.h"

#include <utility>

namespace candor::redirect {

ClickMaker::ClickMaker(const Clock& clock, SaltKeeper& salts, const BotFilter& bots,
                       const Options& options, ClickId after)
    : clock_(clock),
      salts_(salts),
      bots_(bots),
      proxies_(options.trusted_proxies, options.forwarded_header),
      repeats_(options.repeat_window),
      minter_(options.node, after) {}

void ClickMaker::set_options(const Options& options) {
  proxies_ = TrustedProxies(options.trusted_proxies, options.forwarded_header);
  repeats_.set_window(options.repeat_window);
}

Click ClickMaker::make_click(const http::Request& request, LinkId link, Source source,
                             ClickKind kind) {
  const Millis now = clock_.now();
  Click click;
  click.id = minter_.mint(now);
  click.link = link;
  click.kind = kind;
  click.article = source.article;
  click.placement = source.placement;
  click.referrer = std::move(source.referrer);
  click.user_agent = request.find_header("User-Agent").value_or("").substr(0, kUserAgentBytes);
  click.visitor =
      visitor_key(salts_.salt_at(now), proxies_.client_address(request), click.user_agent);
  judge(request, click, now);
  return click;
}

void ClickMaker::judge(const http::Request& request, Click& click, Millis now) {
  if (request.method == "HEAD") {
    click.verdict = Verdict::Head;
    click.reason = "HEAD";
  } else if (auto prefetch = find_prefetch(request)) {
    click.verdict = Verdict::Prefetch;
    click.reason = std::move(*prefetch);
  } else if (auto bot = bots_.find_bot(click.user_agent)) {
    click.verdict = Verdict::Bot;
    click.reason = std::move(*bot);
  } else if (repeats_.is_repeat(click.visitor, click.link, now)) {
    click.verdict = Verdict::Repeat;
    click.reason = "same reader and link";
  }
}

}  // namespace candor::redirect
