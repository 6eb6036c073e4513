#include "redirect/click_maker.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "click/test_token.h"
#include "http/grammar.h"
#include "link/url.h"

namespace candor::redirect {
namespace {

/// The id's time runs ahead of a clock that was set back; by how much is kept with the click.
std::int32_t skew_of(Millis now, ClickId id) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(to_ms(now) - at_ms(id), kLeast, 0));
}

bool is_test(const http::Request& request, const ClickTokenKey& key, Millis now) {
  for (std::string_view query = request.query; const auto parameter = take_parameter(query);)
    if (parameter->is_named(kTestParameter) && is_test_token(parameter->decoded_value(), key, now))
      return true;
  return false;
}

}  // namespace

/// What a head says of its reader, found in one pass; the first of each name, empty when there is
/// none.
struct ClickMaker::Heard {
  explicit Heard(const http::Request& request) {
    for (const auto& [name, value] : request.headers) switch (name.size()) {
        case 6:
          take(name, value, "cookie", cookies);
          break;
        case 10:
          take(name, value, "user-agent", user_agent);
          break;
        case 15:
          take(name, value, "accept-language", languages);
          break;
        case 16:
          take(name, value, "sec-ch-ua-mobile", mobile);
          break;
        case 18:
          take(name, value, "sec-ch-ua-platform", platform);
          break;
        default:
          break;
      }
  }

  std::string_view user_agent;
  std::string_view cookies;
  std::string_view languages;
  std::string_view mobile;
  std::string_view platform;

 private:
  static void take(std::string_view name, std::string_view value, std::string_view wanted,
                   std::string_view& into) {
    if (into.data() == nullptr && http::is_named(name, wanted)) into = value;
  }
};

ClickMaker::Rules::Rules(const Options& options)
    : proxies(options.trusted_proxies, options.forwarded_header),
      country_header(options.country_header),
      privacy(options.privacy),
      flood_per_minute(options.flood_per_minute),
      count_data_centres(options.count_data_centres) {}

ClickMaker::ClickMaker(const Clock& clock, SaltKeeper& salts, const BotFilter& bots,
                       const ClickTokenKey& token_key, const Options& options, ClickId after)
    : clock_(clock),
      salts_(salts),
      test_key_(test_key_of(token_key)),
      rules_(options),
      user_agents_(bots),
      repeats_(options.repeat_window),
      minter_(options.node, after) {}

void ClickMaker::set_options(const Options& options) {
  rules_ = Rules(options);
  repeats_.set_window(options.repeat_window);
}

MadeClick ClickMaker::make_click(const http::Request& request, LinkId link, Source source,
                                 ClickKind kind) {
  const Millis now = clock_.now();
  const Heard heard(request);
  MadeClick made;
  Click& click = made.click;
  click.id = minter_.mint(now);
  click.skew_ms = skew_of(now, click.id);
  click.link = link;
  click.kind = kind;
  click.article = source.article;
  click.placement = source.placement;
  click.referrer = std::move(source.referrer);
  click.user_agent = heard.user_agent.substr(0, kUserAgentBytes);
  const auto address = rules_.proxies.find_client(request);
  const std::string_view client =
      address ? std::string_view(reinterpret_cast<const char*>(address->data()), address->size())
              : request.peer;
  const auto agent = user_agents_.look_up(click.user_agent, salts_.salt_at(now));
  const Asker asker{.known = agent.known,
                    .reader = visitor_key(agent.visitors, client),
                    .told_apart = allows(rules_.privacy.visitors, heard.cookies, Purpose::Visitors),
                    .place = address ? atlas_->locate(*address) : geo::Place{}};
  describe_reader(request, heard, asker, click);
  judge(request, asker, now, click);
  made.reader = asker.reader;
  made.told_apart = asker.told_apart;
  if (made.told_apart) click.visitor = made.reader;
  made.may_carry_token = allows(rules_.privacy.click_token, heard.cookies, Purpose::ClickToken);
  return made;
}

void ClickMaker::describe_reader(const http::Request& request, const Heard& heard,
                                 const Asker& asker, Click& click) {
  const ReaderClass reader = apply_hints(asker.known.reader, heard.mobile, heard.platform);
  click.device = reader.device;
  click.os = reader.os;
  click.language = read_language(heard.languages);
  click.asn_class = asker.place.asn_class;
  click.country = asker.place.country;
  if (rules_.country_header.empty() || !rules_.proxies.vouches_for(request)) return;
  const auto told = request.find_header(rules_.country_header);
  const auto country = Country::parse(told.value_or(""));
  // Proxies write XX (user-assigned in ISO 3166) when they do not know; T1 (Tor) is no code at all.
  if (country && country != Country::parse("XX")) click.country = *country;
}

void ClickMaker::judge(const http::Request& request, const Asker& asker, Millis now, Click& click) {
  const auto is = [&click](Verdict verdict, std::string reason) {
    click.verdict = verdict;
    click.reason = std::move(reason);
  };
  if (request.method == "HEAD") return is(Verdict::Head, "HEAD");
  if (auto prefetch = find_prefetch(request)) return is(Verdict::Prefetch, std::move(*prefetch));
  if (is_test(request, test_key_, now)) return is(Verdict::Test, "signed test link");
  if (asker.known.verdict != Verdict::Human) return is(asker.known.verdict, asker.known.reason);
  if (asker.place.asn_class == AsnClass::DataCentre && !rules_.count_data_centres)
    return is(Verdict::DataCentre, asker.place.asn == 0 ? std::string("network of servers")
                                                        : "AS" + std::to_string(asker.place.asn));
}

void ClickMaker::judge_pace(MadeClick& made) {
  Click& click = made.click;
  if (!made.told_apart || click.verdict != Verdict::Human) return;
  const Millis now = clock_.now();
  if (floods_.is_flood(made.reader, rules_.flood_per_minute, now)) {
    click.verdict = Verdict::Flood;
    click.reason = "more than " + std::to_string(rules_.flood_per_minute) + " clicks a minute";
  } else if (repeats_.is_repeat(made.reader, click.link, now)) {
    click.verdict = Verdict::Repeat;
    click.reason = "same reader and link";
  }
}

}  // namespace candor::redirect
