#include "link/targeting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "base/rfc3339.h"

namespace candor {
namespace {

Country country(std::string_view code) { return Country::parse(code).value(); }

Link link_of(std::int64_t id = 1) {
  Link link;
  link.id = {id};
  link.slug = "kettle";
  link.destination = "https://own.example/";
  return link;
}

TargetingRule rule_to(std::string destination) {
  TargetingRule rule;
  rule.targets = {{std::move(destination), 1}};
  return rule;
}

int variant(const TargetingRule& rule, const TargetingContext& context) {
  return decide(link_of(), std::span(&rule, 1), context).variant;
}

TEST(Decide, ALinkWithoutRulesServesItsOwnDestination) {
  const Decision decision = decide(link_of(), {}, {});
  EXPECT_EQ(decision.serving, Serving::Serves);
  EXPECT_EQ(decision.variant, 0);
}

TEST(Decide, ARuleWithoutConditionsAlwaysHolds) { EXPECT_EQ(variant(rule_to("x"), {}), 1); }

TEST(Decide, EveryConditionOfARuleMustHold) {
  TargetingRule rule = rule_to("x");
  rule.countries = {country("DE"), country("AT")};
  rule.devices = {Device::Mobile, Device::Tablet};
  rule.systems = {Os::Ios};
  rule.languages = {"de"};
  const TargetingContext fits{
      .country = country("AT"), .device = Device::Tablet, .os = Os::Ios, .language = "de"};
  EXPECT_EQ(variant(rule, fits), 1);
  TargetingContext other = fits;
  other.country = country("CH");
  EXPECT_EQ(variant(rule, other), 0);
  other = fits;
  other.device = Device::Desktop;
  EXPECT_EQ(variant(rule, other), 0);
  other = fits;
  other.os = Os::Android;
  EXPECT_EQ(variant(rule, other), 0);
  other = fits;
  other.language = "fr";
  EXPECT_EQ(variant(rule, other), 0);
  EXPECT_EQ(variant(rule, {}), 0) << "unknown is none of the wanted";
}

TEST(Decide, CountriesCanBeLeftOut) {
  TargetingRule rule = rule_to("x");
  rule.other_than = {country("US"), country("CA")};
  EXPECT_EQ(variant(rule, {.country = country("US")}), 0);
  EXPECT_EQ(variant(rule, {.country = country("DE")}), 1);
  EXPECT_EQ(variant(rule, {}), 1);
}

TEST(Decide, AScheduleHoldsFromItsFirstMillisecondUntilBeforeItsLast) {
  TargetingRule rule = rule_to("x");
  rule.schedule = Schedule{.from_ms = 1000, .until_ms = 2000};
  EXPECT_EQ(variant(rule, {.at_ms = 999}), 0);
  EXPECT_EQ(variant(rule, {.at_ms = 1000}), 1);
  EXPECT_EQ(variant(rule, {.at_ms = 1999}), 1);
  EXPECT_EQ(variant(rule, {.at_ms = 2000}), 0);
}

TEST(Decide, HoursThatReachPastMidnightBelongToTheDayTheyBeganOn) {
  TargetingRule rule = rule_to("x");
  rule.schedule = Schedule{.weekdays = 1U << 4, .from_minute = 22 * 60, .until_minute = 6 * 60};
  const auto at = [&](std::uint8_t weekday, int hour) {
    return variant(
        rule, {.local = {.weekday = weekday, .minute = static_cast<std::uint16_t>(hour * 60)}});
  };
  EXPECT_EQ(at(4, 22), 1) << "Friday night";
  EXPECT_EQ(at(5, 5), 1) << "still Friday's night";
  EXPECT_EQ(at(5, 6), 0);
  EXPECT_EQ(at(4, 5), 0) << "Thursday's night";
  EXPECT_EQ(at(5, 22), 0);
}

TEST(Decide, AQueryParameterIsThereOrHasAValue) {
  TargetingRule rule = rule_to("x");
  rule.query = {{"src", std::nullopt}, {"list", "a b"}};
  EXPECT_EQ(variant(rule, {.query = "list=a+b&src"}), 1);
  EXPECT_EQ(variant(rule, {.query = "src=1&list=a%20b"}), 1);
  EXPECT_EQ(variant(rule, {.query = "src=1&list=c"}), 0);
  EXPECT_EQ(variant(rule, {.query = "list=a+b"}), 0);
}

TEST(Decide, TheFirstRuleThatHoldsWinsAndTargetsAreCountedThrough) {
  std::vector<TargetingRule> rules{rule_to("a"), rule_to("b")};
  rules[0].countries = {country("DE")};
  rules[0].targets.push_back({"a2", 1});
  EXPECT_EQ(decide(link_of(), rules, {}).variant, 3);
  const int german = decide(link_of(), rules, {.country = country("DE")}).variant;
  EXPECT_TRUE(german == 1 || german == 2) << german;
}

TEST(Decide, StateStartEndAndCapComeBeforeTheRules) {
  const TargetingRule rule = rule_to("x");
  const auto serving = [&](const Link& link, const TargetingContext& context) {
    return decide(link, std::span(&rule, 1), context).serving;
  };
  Link link = link_of();
  link.state = LinkState::Disabled;
  EXPECT_EQ(serving(link, {}), Serving::Disabled);
  link = link_of();
  link.starts_at_ms = 100;
  link.expires_at_ms = 200;
  EXPECT_EQ(serving(link, {.at_ms = 99}), Serving::NotYet);
  EXPECT_EQ(serving(link, {.at_ms = 100}), Serving::Serves);
  EXPECT_EQ(serving(link, {.at_ms = 199}), Serving::Serves);
  EXPECT_EQ(serving(link, {.at_ms = 200}), Serving::Expired);
  link = link_of();
  link.click_cap = 2;
  EXPECT_EQ(serving(link, {.human_clicks = 1}), Serving::Serves);
  EXPECT_EQ(serving(link, {.human_clicks = 2}), Serving::Capped);
}

TEST(Decide, TheTraceNamesWhatDecided) {
  std::vector<TargetingRule> rules{rule_to("https://a.example/"), rule_to("https://b.example/")};
  rules[0].name = "Germany";
  rules[0].countries = {country("DE"), country("AT")};
  Trace trace;
  decide(link_of(), rules, {.country = country("FR")}, &trace);
  ASSERT_EQ(trace.size(), 2U);
  EXPECT_EQ(trace[0].step, "rule 1 (Germany)");
  EXPECT_EQ(trace[0].what, "country");
  EXPECT_FALSE(trace[0].held);
  EXPECT_EQ(trace[0].why, "FR is not DE or AT");
  EXPECT_EQ(trace[1].step, "rule 2");
  EXPECT_EQ(trace[1].what, "chosen");
  EXPECT_EQ(trace[1].why, "https://b.example/");
}

TargetingRule split(std::initializer_list<int> weights) {
  TargetingRule rule;
  for (const int weight : weights)
    rule.targets.push_back({"https://x.example/", static_cast<std::uint16_t>(weight)});
  return rule;
}

TEST(Split, SharesComeCloseToTheWeights) {
  const TargetingRule rule = split({700, 200, 90, 10});
  std::map<int, int> counts;
  constexpr int kReaders = 100'000;
  for (int reader = 0; reader < kReaders; ++reader)
    ++counts[variant(rule, {.visitor = static_cast<std::uint64_t>(reader) + 1})];
  // Five standard deviations of a binomial share.
  EXPECT_NEAR(counts[1], 70'000, 725);
  EXPECT_NEAR(counts[2], 20'000, 633);
  EXPECT_NEAR(counts[3], 9'000, 453);
  EXPECT_NEAR(counts[4], 1'000, 158);
}

TEST(Split, ALinkALaterDayAndALaterRuleDrawAnew) {
  const TargetingRule half = split({1, 1});
  int same_link = 0;
  int same_day = 0;
  int same_rule = 0;
  constexpr int kReaders = 10'000;
  std::vector<TargetingRule> rules{half, half};
  rules[0].countries = {country("DE")};
  for (int reader = 1; reader <= kReaders; ++reader) {
    TargetingContext context{.country = country("DE"),
                             .visitor = static_cast<std::uint64_t>(reader)};
    const int first = decide(link_of(1), rules, context).variant;
    same_link += decide(link_of(2), rules, context).variant == first;
    context.local.day = 1;
    same_day += decide(link_of(1), rules, context).variant == first;
    context.local.day = 0;
    context.country = country("FR");
    same_rule += decide(link_of(1), rules, context).variant == first + 2;
  }
  EXPECT_NEAR(same_link, kReaders / 2, 250);
  EXPECT_NEAR(same_day, kReaders / 2, 250);
  EXPECT_NEAR(same_rule, kReaders / 2, 250);
}

std::optional<std::int64_t> maybe_moment() {
  const auto moment = *rc::gen::maybe(rc::gen::arbitrary<std::int64_t>());
  return moment ? std::optional(*moment) : std::nullopt;
}

rc::Gen<TargetingRule> any_rule() {
  return rc::gen::exec([] {
    TargetingRule rule;
    const auto countries = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("DE", "AT", "US"));
    for (const auto& code : countries) rule.countries.push_back(country(code));
    if (*rc::gen::arbitrary<bool>()) rule.other_than = {country("US")};
    if (*rc::gen::arbitrary<bool>())
      rule.devices = {static_cast<Device>(*rc::gen::inRange(0, kDeviceCount))};
    if (*rc::gen::arbitrary<bool>())
      rule.systems = {static_cast<Os>(*rc::gen::inRange(0, kOsCount))};
    if (*rc::gen::arbitrary<bool>()) rule.languages = {"de"};
    if (*rc::gen::arbitrary<bool>())
      rule.schedule = Schedule{maybe_moment(), maybe_moment(),
                               static_cast<std::uint8_t>(*rc::gen::inRange(0, 128)),
                               static_cast<std::uint16_t>(*rc::gen::inRange(0, 1440)),
                               static_cast<std::uint16_t>(*rc::gen::inRange(0, 1441))};
    if (*rc::gen::arbitrary<bool>()) rule.query = {{"q", *rc::gen::element<std::string>("", "1")}};
    const int targets = *rc::gen::inRange(1, 5);
    for (int i = 0; i < targets; ++i)
      rule.targets.push_back(
          {"https://x.example/", static_cast<std::uint16_t>(*rc::gen::inRange(1, kMaxWeight + 1))});
    return rule;
  });
}

TargetingContext any_context() {
  TargetingContext context;
  context.country =
      Country::parse(*rc::gen::element<std::string>("DE", "US", "FR", "?")).value_or(Country{});
  context.device = static_cast<Device>(*rc::gen::inRange(0, kDeviceCount));
  context.os = static_cast<Os>(*rc::gen::inRange(0, kOsCount));
  context.language = *rc::gen::element<std::string_view>("de", "en", "");
  context.at_ms = *rc::gen::arbitrary<std::int64_t>();
  context.local = {*rc::gen::arbitrary<std::int32_t>(),
                   static_cast<std::uint8_t>(*rc::gen::inRange(0, 7)),
                   static_cast<std::uint16_t>(*rc::gen::inRange(0, 1440))};
  context.query = *rc::gen::element<std::string_view>("", "q", "q=1", "q=2&q=1", "&&=");
  context.visitor = *rc::gen::arbitrary<std::uint64_t>();
  context.human_clicks = *rc::gen::inRange<std::int64_t>(0, 5);
  return context;
}

RC_GTEST_PROP(DecideProperty, RulesAreTotalAndRepeatable, ()) {
  const auto rules = *rc::gen::container<std::vector<TargetingRule>>(any_rule());
  RC_PRE(rules.size() <= kMaxRules);
  Link link = link_of(*rc::gen::arbitrary<std::int64_t>());
  link.click_cap = *rc::gen::inRange<std::int64_t>(0, 4);
  std::size_t targets = 0;
  for (const TargetingRule& rule : rules) targets += rule.targets.size();
  const TargetingContext context = any_context();
  const Decision decision = decide(link, rules, context);
  RC_ASSERT(decision.variant <= targets);
  RC_ASSERT(decision.serving == Serving::Serves || decision.variant == 0);
  Trace trace;
  const Decision again = decide(link, rules, context, &trace);
  RC_ASSERT(again.variant == decision.variant);
  RC_ASSERT(again.serving == decision.serving);
  RC_ASSERT(!trace.empty());
  RC_ASSERT(trace.back().held == (decision.serving == Serving::Serves));
}

RC_GTEST_PROP(DecideProperty, ASplitIsStickyWhateverElseChanges, ()) {
  TargetingRule rule = *any_rule();
  rule.countries.clear();
  rule.other_than.clear();
  rule.devices.clear();
  rule.systems.clear();
  rule.languages.clear();
  rule.schedule.reset();
  rule.query.clear();
  const TargetingContext first = any_context();
  TargetingContext later = any_context();
  later.visitor = first.visitor;
  later.local.day = first.local.day;
  RC_ASSERT(variant(rule, first) == variant(rule, later));
}

}  // namespace
}  // namespace candor
