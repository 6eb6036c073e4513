#include "redirect/front.h"

#include "redirect/front_house.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;

TEST(Front, KnownLinkRedirectsWithItsClickInTheJournal) {
  FrontHouse house;
  const std::string answer = house.ask("/go/shoes?a=/recipes/soup/&p=3");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 302");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(answer, "X-Robots-Tag"), "noindex, nofollow");
  EXPECT_EQ(header_of(answer, "Referrer-Policy"), "no-referrer-when-downgrade");
  EXPECT_EQ(header_of(answer, "Content-Length"), "0");
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));

  const std::string location = header_of(answer, "Location");
  ASSERT_EQ(location.size(), std::string("https://shop.example/p?clickref=&utm=1").size() + 17);
  const auto id = read_click_token(location.substr(32, kClickTokenLength), house.keys());
  ASSERT_EQ(house.clicks().size(), 1u);
  const Click click = house.last_click();
  EXPECT_EQ(id, click.id);
  EXPECT_EQ(location, "https://shop.example/p?clickref=" + location.substr(32, 17) + "&utm=1");
  EXPECT_EQ(click.link.value, 11);
  EXPECT_EQ(click.article.value, 7);
  EXPECT_EQ(click.placement, 3);
  EXPECT_EQ(click.verdict, Verdict::Human);
  EXPECT_EQ(click.reason, "");
  EXPECT_EQ(click.user_agent, kBrowser);
  EXPECT_NE(click.visitor, 0u);
  EXPECT_EQ(at_ms(click.id), to_ms(house.clock().now()));
}

TEST(Front, LinkWithoutASlotKeepsItsDestination) {
  FrontHouse house;
  const std::string answer = house.ask("/go/books?x=https://evil.example/&url=//evil.example");
  EXPECT_EQ(header_of(answer, "Location"), "https://books.example/");
  EXPECT_EQ(header_of(answer, "Referrer-Policy"), "strict-origin-when-cross-origin");
}

TEST(Front, UnknownSlugIsHelpedAndCounted) {
  FrontHouse house;
  for (const char* target : {"/go/nothing", "/go/", "/go/Shoes", "/go/shoes/", "/go/gone"}) {
    const std::string answer = house.ask(target);
    EXPECT_EQ(status_of(answer), "HTTP/1.1 404") << target;
    EXPECT_NE(answer.find("blog.example"), std::string::npos);
    EXPECT_NE(answer.find("<a href=\"/\">"), std::string::npos);
    EXPECT_EQ(answer.find("<script"), std::string::npos);
  }
  EXPECT_EQ(house.counters().not_found, 5u);
  EXPECT_EQ(status_of(house.ask("/elsewhere")), "HTTP/1.1 404");
  EXPECT_EQ(house.counters().not_found, 5u);
  EXPECT_EQ(house.counters().accepted, 0u);
  EXPECT_TRUE(house.clicks().empty());
}

TEST(Front, SlugIsDecodedOnce) {
  FrontHouse house;
  EXPECT_EQ(status_of(house.ask("/go/%73hoes")), "HTTP/1.1 302");
  EXPECT_EQ(status_of(house.ask("/go/%2573hoes")), "HTTP/1.1 404");
}

TEST(Front, OtherMethodsAreToldWhatIsAllowed) {
  FrontHouse house;
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH"}) {
    const std::string answer = house.ask("/go/shoes", "Content-Length: 0\r\n", method);
    EXPECT_EQ(status_of(answer), "HTTP/1.1 405") << method;
    EXPECT_EQ(header_of(answer, "Allow"), "GET, HEAD, OPTIONS");
  }
  for (const char* target : {"/go/shoes", "*"}) {
    const std::string answer = house.ask(target, {}, "OPTIONS");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 204") << target;
    EXPECT_EQ(header_of(answer, "Allow"), "GET, HEAD, OPTIONS");
  }
  EXPECT_EQ(house.counters().accepted, 0u);
}

TEST(Front, SaysThatItIsHealthy) {
  FrontHouse house;
  const std::string answer = house.ask("/healthz");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 200");
  EXPECT_TRUE(answer.ends_with("\r\n\r\nok\n"));
}

TEST(Verdict, HeadIsRedirectedAndNoHumanClick) {
  FrontHouse house;
  const std::string answer = house.ask("/go/shoes", {}, "HEAD");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 302");
  EXPECT_NE(header_of(answer, "Location"), "");
  EXPECT_EQ(house.last_click().verdict, Verdict::Head);
  house.ask("/go/shoes");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
}

TEST(Verdict, FetchingAheadIsToldToComeAgain) {
  FrontHouse house;
  for (const char* header :
       {"Sec-Purpose: prefetch;prerender\r\n", "Purpose: prefetch\r\n", "X-Moz: Prefetch\r\n",
        "sec-purpose: prefetch;anonymous-client-ip\r\n"}) {
    const std::string answer = house.ask("/go/shoes", header);
    EXPECT_EQ(status_of(answer), "HTTP/1.1 503") << header;
    EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
    EXPECT_EQ(header_of(answer, "Location"), "");
    EXPECT_EQ(house.last_click().verdict, Verdict::Prefetch);
    EXPECT_FALSE(house.last_click().reason.empty());
  }
  EXPECT_EQ(house.counters().accepted, 4u);
  // The reader who then follows the link is no repeat.
  house.ask("/go/shoes");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
}

TEST(Verdict, BotIsNamed) {
  FrontHouse house;
  const std::string answer =
      house.ask("/go/shoes", {}, "GET",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 302");
  EXPECT_EQ(house.last_click().verdict, Verdict::Bot);
  EXPECT_FALSE(house.last_click().reason.empty());
}

TEST(Verdict, SameReaderAndLinkWithinTheWindowIsARepeat) {
  FrontHouse house;
  house.ask("/go/shoes");
  house.clock().advance(29s);
  house.ask("/go/shoes");
  EXPECT_EQ(house.last_click().verdict, Verdict::Repeat);
  house.ask("/go/books");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
  house.ask("/go/shoes", {}, "GET",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) "
            "Gecko/20100101 Firefox/128.0");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
  house.clock().advance(1s);
  house.ask("/go/shoes");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
  EXPECT_EQ(house.clicks().size(), 5u);
}

TEST(Source, StampedArticleGoesBeforeTheReferer) {
  FrontHouse house;
  house.ask("/go/shoes?a=%2Fshop%2F", "Referer: https://blog.example/recipes/soup/\r\n");
  EXPECT_EQ(house.last_click().article.value, 8);
  EXPECT_EQ(house.last_click().referrer, "blog.example/recipes/soup/");
}

TEST(Source, RefererOfTheSiteNamesTheArticle) {
  FrontHouse house;
  house.ask("/go/shoes", "Referer: https://WWW.blog.example/recipes/soup/?secret=1#part\r\n");
  EXPECT_EQ(house.last_click().article.value, 7);
  EXPECT_EQ(house.last_click().referrer, "www.blog.example/recipes/soup/");
}

TEST(Source, ForgedArticlesAreUnknown) {
  FrontHouse house;
  house.ask("/go/shoes?a=/made/up/&p=x");
  EXPECT_FALSE(house.last_click().article);
  EXPECT_EQ(house.last_click().placement, 0);
  house.ask("/go/books?p=70000", "Referer: https://evil.example/recipes/soup/\r\n");
  EXPECT_FALSE(house.last_click().article);
  EXPECT_EQ(house.last_click().placement, 0);
  EXPECT_EQ(house.last_click().referrer, "evil.example/recipes/soup/");
  house.ask("/go/books?a=/made/up/", "Referer: https://blog.example/shop/\r\n");
  EXPECT_EQ(house.last_click().article.value, 8);
}

TEST(Source, RefererThatIsNoUrlIsLeftOut) {
  FrontHouse house;
  for (const char* referer : {"about:blank", "https://user:pass@blog.example/shop/", "x", "//"}) {
    house.ask("/go/shoes", std::string("Referer: ") + referer + "\r\n");
    EXPECT_EQ(house.last_click().referrer, "") << referer;
    EXPECT_FALSE(house.last_click().article) << referer;
  }
}

TEST(Visitor, ForwardedAddressCountsOnlyBehindATrustedProxy) {
  FrontHouse untrusting;
  untrusting.ask("/go/shoes", "X-Forwarded-For: 198.51.100.1\r\n");
  const std::uint64_t plain = untrusting.last_click().visitor;
  untrusting.ask("/go/shoes", "X-Forwarded-For: 198.51.100.2\r\n");
  EXPECT_EQ(untrusting.last_click().visitor, plain);
  EXPECT_EQ(untrusting.last_click().verdict, Verdict::Repeat);

  Options options;
  options.trusted_proxies = {"127.0.0.0/8"};
  FrontHouse trusting(options);
  trusting.ask("/go/shoes", "X-Forwarded-For: 6.6.6.6, 198.51.100.1\r\n");
  const std::uint64_t first = trusting.last_click().visitor;
  EXPECT_NE(first, plain);
  trusting.ask("/go/shoes", "X-Forwarded-For: 198.51.100.2\r\n");
  EXPECT_NE(trusting.last_click().visitor, first);
  EXPECT_EQ(trusting.last_click().verdict, Verdict::Human);
  trusting.ask("/go/shoes", "X-Forwarded-For: 7.7.7.7, 198.51.100.1\r\n");
  EXPECT_EQ(trusting.last_click().visitor, first);
}

TEST(Front, NothingOfTheRequestBecomesAHeader) {
  FrontHouse house;
  for (const char* target :
       {"/go/shoes%0d%0aX-Injected:%20evil", "/go/shoes?a=%0d%0aX-Injected:%20evil",
        "/go/shoes?a=/shop/%0D%0AX-Injected:%20evil&p=1%0d%0aX-Injected:%20evil",
        "/go/books?=?utf-8?q?a=0D=0AX-Injected:_evil?="}) {
    const std::string answer =
        house.ask(target,
                  "Referer: https://blog.example/%0d%0aX-Injected:%20evil\r\n"
                  "X-Forwarded-For: 1.1.1.1%0d%0aX-Injected: evil\r\n");
    EXPECT_EQ(answer.find("X-Injected"), std::string::npos) << answer;
  }
}

TEST(Front, LongUserAgentsAndReferrersAreCut) {
  FrontHouse house;
  house.ask("/go/shoes", "Referer: https://blog.example/" + std::string(5000, 'r') + "\r\n", "GET",
            std::string(5000, 'u'));
  EXPECT_EQ(house.last_click().user_agent.size(), 512u);
  EXPECT_EQ(house.last_click().referrer.size(), 1024u);
}

TEST(Front, PipelinedClicksAreAnsweredInOrder) {
  FrontHouse house;
  http::Client client(house.address());
  const std::string one = "GET /go/shoes HTTP/1.1\r\nHost: blog.example\r\n\r\n";
  const std::string two = "GET /go/books HTTP/1.1\r\nHost: blog.example\r\n\r\n";
  client.send(one + two + one + two);
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(header_of(client.read_response(), "Location").starts_with("https://shop.example"));
    EXPECT_EQ(header_of(client.read_response(), "Location"), "https://books.example/");
  }
  const auto clicks = house.clicks();
  ASSERT_EQ(clicks.size(), 4u);
  for (std::size_t n = 1; n < clicks.size(); ++n) EXPECT_LT(clicks[n - 1].id, clicks[n].id);
}

TEST(Front, UnknownProxyRangeIsRefused) {
  Options options;
  options.trusted_proxies = {"proxy.example"};
  journal::TemporaryDirectory directory;
  journal::Journal journal({.directory = directory.path(), .segment_bytes = 1u << 20});
  http::EventLoop loop;
  ManualClock clock;
  FixedSalt salts;
  EXPECT_THROW(Front(loop, journal, clock, salts, FrontHouse::bots(), {}, options),
               std::invalid_argument);
}

}  // namespace
}  // namespace candor::redirect
