#include "proxy/origin_front.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "../http/live_server.h"
#include "http/gzip.h"
#include "scripted_origin.h"

namespace candor::proxy {
namespace {

using http::gzip;

using http::Client;
using Then = ScriptedOrigin::Then;

constexpr int kUnreadable = 0;
constexpr std::string_view kPage = "<p>PAID</p>";
constexpr std::string_view kDisclosed = "<b>ad</b><p>PAID</p>";

/// Stands for the disclosure: pages that say PAID get it.
disclosure::InjectResult edit(std::string_view page, const PageContext& context) {
  if (page.find("BOOM") != std::string_view::npos) throw std::runtime_error("no disk");
  disclosure::InjectResult result;
  result.page = page;
  if (page.find("STYLED") != std::string_view::npos) {
    result.outcome = disclosure::InjectOutcome::Changed;
    result.page = context.stylesheet("/a.css?v=1").value_or("not here yet");
    EXPECT_EQ(context.stylesheet("https://other.test/a.css"), std::nullopt);
    return result;
  }
  if (page.find("UNSAFE") != std::string_view::npos) {
    result.outcome = disclosure::InjectOutcome::PassedThrough;
  } else if (page.find("PAID") != std::string_view::npos) {
    result.outcome = disclosure::InjectOutcome::Changed;
    result.page = "<b>ad</b>" + result.page;
  }
  return result;
}

std::string ok(std::string_view headers, std::string_view body) {
  std::string answer = "HTTP/1.1 200 OK\r\n";
  answer.append(headers).append("\r\nContent-Length: ").append(std::to_string(body.size()));
  return answer.append("\r\n\r\n").append(body);
}

std::string html(std::string_view body, std::string_view more = "") {
  return ok("Content-Type: text/html" + std::string(more), body);
}

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: site.test\r\n" + std::string(more) +
         "\r\n";
}

class Front {
 public:
  explicit Front(ScriptedOrigin::Script script, void (*adjust)(OriginOptions&) = nullptr)
      : origin(std::move(script)),
        pool(std::in_place, 2U, 16U),
        live([this](const http::Request& r, http::Reply reply) {
          front->handle(r, std::move(reply));
        }) {
    OriginOptions options;
    options.url = origin.url();
    options.proxies = redirect::TrustedProxies({"127.0.0.1"});
    options.public_url = "https://site.test";
    options.site_hosts = {"site.test"};
    options.edit = edit;
    options.rules = [this] {
      if (epoch == kUnreadable) throw std::runtime_error("no rules");
      return "r" + std::to_string(epoch.load());
    };
    if (adjust != nullptr) adjust(options);
    live.on_loop([&] {
      front.emplace(live.loop(), *pool, std::move(options));
      live.handler().upload = [this](const http::Request& r, http::RequestBody body,
                                     http::Reply reply) {
        front->handle_upload(r, std::move(body), std::move(reply));
      };
    });
  }
  ~Front() {
    pool.reset();
    live.on_loop([this] { front.reset(); });
    origin.stop();
  }
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  /// One request on a connection of its own; all that comes back until the connection ends.
  std::string ask(std::string_view target, std::string_view more = "") {
    Client client(live.address());
    client.send(get(target, "Connection: close\r\n" + std::string(more)));
    return client.read_to_end();
  }
  const OriginCounters& counters() const { return front->counters(); }

  std::atomic<int> epoch{1};
  ScriptedOrigin origin;
  std::optional<http::WorkerPool> pool;
  std::optional<OriginFront> front;
  http::LiveServer live;
};

std::string body_of(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  return at == std::string::npos ? "" : answer.substr(at + 4);
}

bool has(const std::string& answer, std::string_view line) {
  return answer.find(std::string(line) + "\r\n") != std::string::npos;
}

std::string value_of(const std::string& answer, std::string_view name) {
  const auto at = answer.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos) return "";
  const auto begin = at + 4 + name.size();
  return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

TEST(OriginFront, DisclosesPagesAndSaysTheirLength) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html(kPage)}; });
  const std::string answer = site.ask("/");
  EXPECT_EQ(body_of(answer), kDisclosed);
  EXPECT_TRUE(has(answer, "Content-Length: " + std::to_string(kDisclosed.size())));
  EXPECT_TRUE(value_of(answer, "Server-Timing").starts_with("candor;dur="));
  EXPECT_EQ(site.counters().disclosed, 1U);
}

TEST(OriginFront, KeepsConnectionsToTheOrigin) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html(kPage)}; });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(body_of(site.ask("/")), kDisclosed);
  EXPECT_EQ(site.origin.connections(), 1);
}

TEST(OriginFront, PassesOtherThingsByteForByte) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{
        ok("Content-Type: text/css\r\nETag: \"c\"\r\nDate: then", "PAID")};
  });
  const std::string answer = site.ask("/a.css");
  EXPECT_EQ(body_of(answer), "PAID");
  EXPECT_TRUE(has(answer, "ETag: \"c\""));
  EXPECT_TRUE(has(answer, "Date: then"));
  EXPECT_EQ(answer.find("Server-Timing"), std::string::npos);
}

TEST(OriginFront, KeepsRepeatedHeadersAndDropsThoseOfTheConnection) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{html(kPage,
                                       "\r\nSet-Cookie: a=1\r\nX-Mid: m\r\nSet-Cookie: b=2\r\n"
                                       "Connection: x-hop, keep-alive\r\nX-Hop: 1\r\n"
                                       "Keep-Alive: timeout=5")};
  });
  const std::string answer = site.ask("/");
  EXPECT_NE(answer.find("Set-Cookie: a=1\r\nX-Mid: m\r\nSet-Cookie: b=2\r\n"), std::string::npos);
  EXPECT_EQ(answer.find("X-Hop"), std::string::npos);
  EXPECT_EQ(answer.find("Keep-Alive"), std::string::npos);
}

TEST(OriginFront, TellsTheOriginWhatTheTrustedFrontKnows) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; });
  site.ask("/a?b=%20",
           "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
           "TE: trailers\r\nAccept-Encoding: br;q=1, sdch, gzip\r\nCookie: c=1\r\n");
  const std::string seen = site.origin.requests().at(0);
  EXPECT_TRUE(seen.starts_with("GET /a?b=%20 HTTP/1.1\r\n"));
  EXPECT_TRUE(has(seen, "Host: site.test"));
  EXPECT_TRUE(has(seen, "X-Forwarded-For: 203.0.113.9"));
  EXPECT_TRUE(has(seen, "X-Forwarded-Proto: https"));
  EXPECT_TRUE(has(seen, "X-Forwarded-Host: site.test"));
  EXPECT_TRUE(has(seen, "Accept-Encoding: br;q=1, gzip"));
  EXPECT_TRUE(has(seen, "Cookie: c=1"));
  EXPECT_EQ(seen.find("TE:"), std::string::npos);
  EXPECT_EQ(seen.find("Accept:"), std::string::npos);
}

TEST(OriginFront, BelievesNoStranger) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; },
             [](OriginOptions& options) { options.proxies = redirect::TrustedProxies({}); });
  site.ask("/",
           "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 6.6.6.6\r\n"
           "Forwarded: for=6.6.6.6\r\nX-Forwarded-Host: evil.test\r\n");
  const std::string seen = site.origin.requests().at(0);
  EXPECT_EQ(seen.find("6.6.6.6"), std::string::npos);
  EXPECT_EQ(seen.find("evil.test"), std::string::npos);
  EXPECT_TRUE(has(seen, "X-Forwarded-For: 127.0.0.1"));
  EXPECT_TRUE(has(seen, "X-Forwarded-Proto: http"));
}

TEST(OriginFront, TellsTheOriginNoHostAReaderMadeUp) {
  // The web server in front is trusted, and hands on what it does not set itself.
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; });
  site.ask("/reset",
           "X-Forwarded-Host: evil.test\r\nForwarded: for=6.6.6.6;host=evil.test;proto=https\r\n");
  const std::string seen = site.origin.requests().at(0);
  EXPECT_EQ(seen.find("evil.test"), std::string::npos);
  EXPECT_EQ(seen.find("\r\nForwarded:"), std::string::npos);
  EXPECT_TRUE(has(seen, "X-Forwarded-Host: site.test"));
  EXPECT_TRUE(has(seen, "X-Forwarded-Proto: http")) << "Forwarded is not what the proxy writes";
}

TEST(OriginFront, TellsTheOriginTheSchemeTheNearestProxySaw) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; });
  for (const auto& [said, told] :
       {std::pair("X-Forwarded-Proto: http, HTTPS\r\n", "https"),
        std::pair("X-Forwarded-Proto: https, http\r\n", "http"),
        std::pair("X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", "http"),
        std::pair("X-Forwarded-Proto: javascript\r\n", "http"), std::pair("", "http")}) {
    site.ask("/", said);
    const std::string seen = site.origin.requests().back();
    EXPECT_TRUE(has(seen, "X-Forwarded-Proto: " + std::string(told))) << said;
    EXPECT_EQ(seen.find("X-Forwarded-Proto: "), seen.rfind("X-Forwarded-Proto: ")) << said;
  }
}

TEST(OriginFront, TakesTheSchemeFromForwardedWhenTheProxyWritesThat) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; },
             [](OriginOptions& options) {
               options.proxies =
                   redirect::TrustedProxies({"127.0.0.1"}, redirect::ForwardedHeader::Forwarded);
             });
  site.ask("/",
           "X-Forwarded-Proto: http\r\nForwarded: proto=http, for=6.6.6.6;Proto=\"https\"\r\n");
  site.ask("/", "Forwarded: proto=https, for=6.6.6.6;host=evil.test\r\n");
  EXPECT_TRUE(has(site.origin.requests().at(0), "X-Forwarded-Proto: https"));
  EXPECT_TRUE(has(site.origin.requests().at(1), "X-Forwarded-Proto: http"));
  EXPECT_EQ(site.origin.requests().at(1).find("evil.test"), std::string::npos);
}

struct Contradiction {
  const char* name;
  const char* bytes;
};

class Contradictory : public testing::TestWithParam<Contradiction> {};

TEST_P(Contradictory, AnswersBecome502) {
  const std::string bytes = GetParam().bytes;
  Front site([bytes](const std::string&) { return ScriptedOrigin::Answer{bytes, Then::Close}; });
  const std::string answer = site.ask("/");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502 ")) << answer;
  EXPECT_EQ(answer.find("secret"), std::string::npos);
  EXPECT_EQ(site.counters().origin_broken, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    OriginFront, Contradictory,
    testing::Values(
        Contradiction{"LengthAndChunks",
                      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n6\r\nsecret\r\n0\r\n\r\n"},
        Contradiction{"TwoLengths",
                      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Length: "
                      "5\r\n\r\nsecret"},
        Contradiction{"NoLength", "HTTP/1.1 200 OK\r\nContent-Length: six\r\n\r\nsecret"},
        Contradiction{"NegativeLength", "HTTP/1.1 200 OK\r\nContent-Length: -6\r\n\r\nsecret"},
        Contradiction{"UnknownCoding",
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
        Contradiction{"ShortPage",
                      "HTTP/1.1 200 OK\r\nContent-Type: "
                      "text/html\r\nContent-Length: 100\r\n\r\nsecret"},
        Contradiction{"UnendedChunks",
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n6\r\nsecret\r\n"},
        Contradiction{"BadChunk",
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: "
                      "chunked\r\n\r\nzz\r\nsecret\r\n0\r\n\r\n"},
        Contradiction{"HalfHead", "HTTP/1.1 200 OK\r\nContent-Ty"}, Contradiction{"Silence", ""},
        Contradiction{"NoHttp", "secret\r\n\r\n"},
        Contradiction{"SwitchesProtocol", "HTTP/1.1 101 Switching Protocols\r\n\r\nsecret"},
        Contradiction{"NotGzip",
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: "
                      "gzip\r\nContent-Length: 6\r\n\r\nsecret"}),
    [](const auto& each) { return each.param.name; });

TEST(OriginFront, EndlessHeadsAreNoAnswer) {
  Front site([](const std::string&) {
    std::string bytes = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 3000; ++i)
      bytes += "X-" + std::to_string(i) + ": " + std::string(60, 'x') + "\r\n";
    return ScriptedOrigin::Answer{bytes + "\r\n", Then::Close};
  });
  EXPECT_TRUE(site.ask("/").starts_with("HTTP/1.1 502 "));
}

TEST(OriginFront, BreaksOffWhatTheOriginBrokeOff) {
  for (const char* framing :
       {"Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"}) {
    Front site([framing](const std::string&) {
      return ScriptedOrigin::Answer{
          "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n" + std::string(framing), Then::Reset};
    });
    Client client(site.live.address());
    client.send(get("/", "Connection: close\r\n"));
    const std::string answer = client.read_to_end();
    EXPECT_FALSE(client.ended_cleanly() && answer.find("\r\n0\r\n") != std::string::npos);
    EXPECT_FALSE(answer.starts_with("HTTP/1.1 200") && client.ended_cleanly());
  }
}

TEST(OriginFront, SaysWhenTheOriginIsDown) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{}; });
  site.origin.stop();
  EXPECT_TRUE(site.ask("/").starts_with("HTTP/1.1 502 "));
  EXPECT_EQ(site.counters().origin_down, 1U);
}

TEST(OriginFront, SaysWhenTheOriginTakesTooLong) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{"", Then::Hold}; });
  Client client(site.live.address());
  client.send(get("/"));
  while (site.origin.requests().empty()) site.live.on_loop([] {});
  site.live.advance(std::chrono::seconds(61));
  site.live.advance(std::chrono::seconds(61));
  EXPECT_TRUE(client.read_response().starts_with("HTTP/1.1 504 "));
  EXPECT_EQ(site.counters().origin_late, 1U);
}

TEST(OriginFront, TakesChunkedPagesAndIgnoresTrailers) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\n<p>\r\n8\r\nPAID</p>\r\n0\r\nX-Trailer: 1\r\n\r\n"};
  });
  const std::string answer = site.ask("/");
  EXPECT_EQ(body_of(answer), kDisclosed);
  EXPECT_EQ(answer.find("X-Trailer"), std::string::npos);
}

TEST(OriginFront, PassesHintsAheadOfTheAnswer) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: "
        "</a.css>; rel=preload\r\n\r\n" +
        html(kPage)};
  });
  const std::string answer = site.ask("/");
  EXPECT_TRUE(answer.starts_with(
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(answer.ends_with(kDisclosed));
}

TEST(OriginFront, AnswersHeadAsItWouldGet) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "
        "\"v\"\r\nContent-Length: 11\r\n\r\n"};
  });
  Client client(site.live.address());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(has(answer, "ETag: W/\"sv~r1-0\""));
  EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
  EXPECT_EQ(body_of(answer), "");
}

TEST(OriginFront, RevalidatesAgainstTheOriginWhileTheRulesHold) {
  Front site([](const std::string& request) {
    if (has(request, "If-None-Match: \"v\""))
      return ScriptedOrigin::Answer{"HTTP/1.1 304 Not Modified\r\nETag: \"v\"\r\n\r\n"};
    return ScriptedOrigin::Answer{html(kPage, "\r\nETag: \"v\"\r\nLast-Modified: long ago")};
  });
  const std::string first = site.ask("/");
  EXPECT_EQ(value_of(first, "ETag"), "W/\"sv~r1-0\"");
  EXPECT_EQ(value_of(first, "Last-Modified"), "");
  const std::string again = site.ask("/", "If-None-Match: W/\"sv~r1-0\"\r\n");
  EXPECT_TRUE(again.starts_with("HTTP/1.1 304 "));
  EXPECT_EQ(value_of(again, "ETag"), "W/\"sv~r1-0\"");
  site.epoch = 2;
  const std::string anew = site.ask("/", "If-None-Match: W/\"sv~r1-0\"\r\n");
  EXPECT_EQ(body_of(anew), kDisclosed);
  EXPECT_EQ(value_of(anew, "ETag"), "W/\"sv~r2-0\"");
}

TEST(OriginFront, WithoutRulesNobodyKeepsAPage) {
  Front site([](const std::string& request) {
    if (request.find("If-None-Match") != std::string::npos)
      return ScriptedOrigin::Answer{"HTTP/1.1 304 Not Modified\r\nETag: \"v\"\r\n\r\n"};
    if (request.starts_with("GET /bare")) return ScriptedOrigin::Answer{html(kPage)};
    return ScriptedOrigin::Answer{html(kPage, "\r\nETag: \"v\"\r\nCache-Control: max-age=9")};
  });
  const std::string kept = value_of(site.ask("/"), "ETag");
  site.epoch = kUnreadable;
  for (const std::string& known : {std::string(kept), std::string("W/\"sv~\"")}) {
    const std::string answer = site.ask("/", "If-None-Match: " + known + "\r\n");
    EXPECT_EQ(body_of(answer), kDisclosed);
    EXPECT_EQ(value_of(answer, "ETag"), "");
    EXPECT_EQ(value_of(answer, "Cache-Control"), "no-store");
  }
  EXPECT_EQ(value_of(site.ask("/bare"), "ETag"), "");
  Client client(site.live.address());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string head = client.read_to_end();
  EXPECT_EQ(value_of(head, "ETag"), "");
  EXPECT_EQ(value_of(head, "Cache-Control"), "no-store");
}

TEST(OriginFront, WithoutRulesPagesAreWorkedOnAnew) {
  static std::atomic<int> edits;
  edits = 0;
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html(kPage)}; },
             [](OriginOptions& options) {
               options.edit = [](std::string_view page, const PageContext& context) {
                 ++edits;
                 return edit(page, context);
               };
             });
  for (int i = 0; i < 2; ++i) site.ask("/");
  EXPECT_EQ(edits, 1);
  site.epoch = kUnreadable;
  for (int i = 0; i < 2; ++i) site.ask("/");
  EXPECT_EQ(edits, 3);
}

TEST(OriginFront, APageThatIsEmptyOnceItsCodingIsOffIsSeenEmpty) {
  Front site(
      [](const std::string&) {
        return ScriptedOrigin::Answer{html(gzip(""), "\r\nContent-Encoding: gzip")};
      },
      [](OriginOptions& options) {
        options.edit = [](std::string_view page, const PageContext&) {
          disclosure::InjectResult result;
          result.outcome = disclosure::InjectOutcome::Changed;
          result.page = "[" + std::string(page) + "]";
          return result;
        };
      });
  EXPECT_EQ(body_of(site.ask("/")), "[]");
}

TEST(OriginFront, RevalidatesByDateAndByContentWithoutATag) {
  Front dated([](const std::string& request) {
    if (has(request, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"))
      return ScriptedOrigin::Answer{"HTTP/1.1 304 Not Modified\r\n\r\n"};
    return ScriptedOrigin::Answer{html(kPage, "\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT")};
  });
  const std::string tag = value_of(dated.ask("/"), "ETag");
  EXPECT_TRUE(dated.ask("/", "If-None-Match: " + tag + "\r\n").starts_with("HTTP/1.1 304 "));

  Front bare([](const std::string&) { return ScriptedOrigin::Answer{html(kPage)}; });
  const std::string own = value_of(bare.ask("/"), "ETag");
  const std::string same = bare.ask("/", "If-None-Match: " + own + "\r\n");
  EXPECT_TRUE(same.starts_with("HTTP/1.1 304 "));
  EXPECT_EQ(body_of(same), "");
}

TEST(OriginFront, NeverTakesACopyOfOthersForAPage) {
  Front site([](const std::string& request) {
    if (request.find("If-") != std::string::npos)
      return ScriptedOrigin::Answer{"HTTP/1.1 304 Not Modified\r\n\r\n"};
    return ScriptedOrigin::Answer{html(kPage)};
  });
  EXPECT_EQ(body_of(site.ask("/",
                             "Accept: text/html\r\nIf-None-Match: \"v\"\r\nIf-Modified-Since: "
                             "Sun, 06 Nov 1994 08:49:37 GMT\r\n")),
            kDisclosed);
  // Of a picture the origin's own tags hold.
  EXPECT_TRUE(site.ask("/a.png", "Accept: image/*\r\nIf-None-Match: \"v\"\r\n")
                  .starts_with("HTTP/1.1 304 "));
}

TEST(OriginFront, AsksForTheWholeOfAPageAndForPartsOfTheRest) {
  Front site([](const std::string& request) {
    const bool part = request.find("Range: bytes=0-3") != std::string::npos;
    if (request.starts_with("GET /a.mp4"))
      return ScriptedOrigin::Answer{
          "HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nContent-Range: bytes "
          "0-3/9\r\nContent-Length: 4\r\n\r\nPAID"};
    return ScriptedOrigin::Answer{
        part ? "HTTP/1.1 206 Partial Content\r\nContent-Type: text/html\r\nContent-Range: bytes "
               "0-3/11\r\nContent-Length: 4\r\n\r\n<p>P"
             : html(kPage, "\r\nAccept-Ranges: bytes")};
  });
  const std::string part = site.ask("/a.mp4", "Range: bytes=0-3\r\n");
  EXPECT_TRUE(part.starts_with("HTTP/1.1 206 "));
  EXPECT_EQ(body_of(part), "PAID");
  const std::string whole = site.ask("/", "Range: bytes=0-3\r\n");
  EXPECT_TRUE(whole.starts_with("HTTP/1.1 200 "));
  EXPECT_EQ(body_of(whole), kDisclosed);
  EXPECT_EQ(value_of(whole, "Accept-Ranges"), "");
}

TEST(OriginFront, PassesWhatItMayNotEdit) {
  Front site(
      [](const std::string& request) {
        if (request.starts_with("GET /download"))
          return ScriptedOrigin::Answer{
              html(kPage, "\r\nContent-Disposition: attachment; filename=a")};
        return ScriptedOrigin::Answer{html(kPage, "\r\nETag: \"v\"")};
      },
      [](OriginOptions& options) { options.leave_alone = {"/wp-admin/"}; });
  EXPECT_EQ(body_of(site.ask("/download")), kPage);
  const std::string admin = site.ask("/wp-admin/post.php");
  EXPECT_EQ(body_of(admin), kPage);
  EXPECT_EQ(value_of(admin, "ETag"), "\"v\"");
}

TEST(OriginFront, XmlIsAFeedWhenItsRootSaysSo) {
  const std::string rss = "<?xml version=\"1.0\"?><rss version=\"2.0\">PAID</rss>";
  const std::string map = "<urlset>PAID</urlset>";
  const std::string long_map = "<urlset>PAID" + std::string(200'000, ' ') + "</urlset>";
  Front site([&](const std::string& request) {
    const std::string type = request.starts_with("GET /text")  ? "text/xml; charset=utf-8"
                             : request.starts_with("GET /rdf") ? "application/rdf+xml"
                                                               : "application/xml";
    const bool is_feed = request.find("feed") != std::string::npos;
    const bool is_long = request.find("long") != std::string::npos;
    const std::string& body = is_feed ? rss : is_long ? long_map : map;
    const bool packed = request.find("packed") != std::string::npos;
    return ScriptedOrigin::Answer{ok("Content-Type: " + type +
                                         (packed ? "\r\nContent-Encoding: gzip" : "") +
                                         "\r\nETag: \"v\"\r\nLast-Modified: then",
                                     packed ? gzip(body) : body)};
  });
  for (const char* target : {"/text-feed", "/rdf-feed", "/feed", "/feed-packed"}) {
    const std::string answer = site.ask(target);
    EXPECT_EQ(body_of(answer), "<b>ad</b>" + rss) << target;
    EXPECT_TRUE(value_of(answer, "ETag").starts_with("W/\"sv~")) << target;
  }
  EXPECT_EQ(site.counters().pages, 4U);
  for (const char* target : {"/text-map", "/rdf-map", "/map", "/long-map"}) {
    const std::string answer = site.ask(target);
    EXPECT_EQ(body_of(answer), target == std::string("/long-map") ? long_map : map) << target;
    EXPECT_EQ(value_of(answer, "ETag"), "\"v\"") << target;
    EXPECT_EQ(value_of(answer, "Last-Modified"), "then") << target;
  }
  const std::string packed = site.ask("/map-packed");
  EXPECT_EQ(body_of(packed), gzip(map));
  EXPECT_EQ(value_of(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(site.counters().pages, 4U);
  site.live.on_loop([] {});
  EXPECT_EQ(site.counters().buffered_bytes, 0U);
}

TEST(OriginFront, XmlOfProgramsAndBrokenXmlPassAsTheyAre) {
  const std::string rss = "<rss version=\"2.0\">PAID</rss>";
  Front site([&](const std::string& request) {
    if (request.starts_with("GET"))
      return ScriptedOrigin::Answer{
          ok("Content-Type: text/xml\r\nContent-Encoding: gzip", "no gzip")};
    return ScriptedOrigin::Answer{ok("Content-Type: text/xml", rss)};
  });
  EXPECT_EQ(body_of(site.ask("/broken")), "no gzip");
  Client client(site.live.address());
  client.send("POST /rpc HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_to_end()), rss);
}

TEST(OriginFront, XhtmlIsAPage) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{ok("Content-Type: application/xhtml+xml", kPage)};
  });
  EXPECT_EQ(body_of(site.ask("/")), kDisclosed);
}

TEST(OriginFront, APageOfTwoTypesIsAPage) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{ok("Content-Type: text/plain\r\nContent-Type: text/html", kPage)};
  });
  EXPECT_EQ(body_of(site.ask("/")), kDisclosed);
}

TEST(OriginFront, PassesStatusesThatNobodyDefined) {
  Front site([](const std::string&) {
    return ScriptedOrigin::Answer{
        "HTTP/1.1 999 Request denied\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno"};
  });
  const std::string answer = site.ask("/a");
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 999 ");
  EXPECT_EQ(body_of(answer), "no");
}

TEST(OriginFront, OurOwnFailureSendsTheOriginsBytesAndRaisesTheAlarm) {
  Front site([](const std::string& request) {
    return ScriptedOrigin::Answer{html(request.starts_with("GET /unsafe") ? "UNSAFE" : "BOOM",
                                       "\r\nCache-Control: max-age=60")};
  });
  EXPECT_FALSE(site.front->is_failing());
  const std::string unsafe = site.ask("/unsafe");
  EXPECT_EQ(body_of(unsafe), "UNSAFE");
  EXPECT_EQ(value_of(unsafe, "Cache-Control"), "no-store");
  EXPECT_FALSE(site.front->is_failing());
  const std::string failed = site.ask("/");
  EXPECT_EQ(body_of(failed), "BOOM");
  EXPECT_EQ(value_of(failed, "Cache-Control"), "no-store");
  EXPECT_EQ(site.counters().failed, 1U);
  EXPECT_TRUE(site.front->is_failing());
}

TEST(OriginFront, WhateverTheWorkThrowsTheReaderGetsAnAnswer) {
  Front site(
      [](const std::string&) {
        return ScriptedOrigin::Answer{html(gzip(kPage), "\r\nContent-Encoding: gzip")};
      },
      [](OriginOptions& options) {
        options.edit = [](std::string_view, const PageContext& context) {
          if (context.path == "/memory") throw std::bad_alloc();
          if (context.path == "/odd") throw 7;
          return disclosure::InjectResult{};
        };
      });
  for (const char* target : {"/memory", "/odd"}) {
    const std::string answer = site.ask(target);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << target;
    EXPECT_EQ(body_of(answer), gzip(kPage)) << target;
    EXPECT_EQ(value_of(answer, "Content-Encoding"), "gzip") << target;
    EXPECT_EQ(value_of(answer, "Cache-Control"), "no-store") << target;
  }
  EXPECT_EQ(site.counters().failed, 2U);
  site.live.on_loop([] {});
  EXPECT_EQ(site.counters().buffered_bytes, 0U);
}

TEST(OriginFront, PagesBeyondTheLimitPassAsTheyAre) {
  const std::string big = "PAID" + std::string(5000, 'x');
  Front site(
      [&big](const std::string& request) {
        if (request.starts_with("GET /chunked"))
          return ScriptedOrigin::Answer{
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: "
              "chunked\r\n\r\n138c\r\n" +
              big + "\r\n0\r\n\r\n"};
        if (request.starts_with("GET /bomb"))
          return ScriptedOrigin::Answer{
              html(gzip(std::string(500'000, 'x')), "\r\nContent-Encoding: gzip")};
        return ScriptedOrigin::Answer{html(big)};
      },
      [](OriginOptions& options) { options.page_bytes = 4000; });
  EXPECT_EQ(body_of(site.ask("/")), big);
  EXPECT_NE(site.ask("/chunked").find("PAIDxxx"), std::string::npos);
  const std::string bomb = site.ask("/bomb", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(value_of(bomb, "Content-Encoding"), "gzip");
  EXPECT_EQ(body_of(bomb), gzip(std::string(500'000, 'x')));
  EXPECT_EQ(site.counters().too_large, 3U);
  EXPECT_EQ(site.counters().disclosed, 0U);
}

TEST(OriginFront, ALongPageWaitsForASlowReaderAndIsWhole) {
  std::string big(24'000'000, 'x');
  for (std::size_t i = 0; i < big.size(); i += 1000)
    big[i] = static_cast<char>('a' + i / 1000 % 26);
  Front site(
      [&big](const std::string&) {
        return ScriptedOrigin::Answer{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + big,
                                      Then::Close};
      },
      [](OriginOptions& options) { options.page_bytes = 12'000'000; });
  Client client(site.live.address());
  client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  while (site.counters().too_large == 0) site.live.on_loop([] {});
  EXPECT_TRUE(body_of(client.read_to_end()) == big);
  EXPECT_TRUE(client.ended_cleanly());
  EXPECT_EQ(site.counters().buffered_bytes, 0U);
}

TEST(OriginFront, AllBuffersTogetherHaveALimit) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html(kPage)}; },
             [](OriginOptions& options) { options.buffer_bytes = 5; });
  const std::string answer = site.ask("/");
  EXPECT_EQ(body_of(answer), kPage);
  EXPECT_EQ(value_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(site.counters().failed, 1U);
  EXPECT_EQ(site.counters().buffered_bytes, 0U);
}

TEST(OriginFront, UploadsPassAsTheyCome) {
  Front site([](const std::string& request) {
    return ScriptedOrigin::Answer{ok("Content-Type: text/plain", body_of(request))};
  });
  Client client(site.live.address());
  client.send("POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
  site.live.on_loop([] {});
  client.send("world");
  EXPECT_TRUE(client.read_response().ends_with("helloworld"));
  EXPECT_TRUE(has(site.origin.requests().at(0), "Content-Length: 10"));
  client.send("POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  site.live.on_loop([] {});
  client.send("0\r\n\r\n");
  EXPECT_TRUE(client.read_response().find("hello") != std::string::npos);
  EXPECT_TRUE(has(site.origin.requests().at(1), "Transfer-Encoding: chunked"));
  client.send("POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  client.read_response();
  EXPECT_TRUE(has(site.origin.requests().at(2), "Content-Length: 0"));
}

TEST(OriginFront, NeverSendsAPostTwice) {
  // The origin takes the request on a kept connection and drops it without a word.
  Front site([](const std::string& request) {
    if (request.starts_with("GET")) return ScriptedOrigin::Answer{html("x")};
    return ScriptedOrigin::Answer{"", Then::Reset};
  });
  site.ask("/");
  Client client(site.live.address());
  client.send("POST /pay HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 502 "));
  EXPECT_EQ(site.origin.requests().size(), 2U);
}

TEST(OriginFront, AsksAgainWhenAKeptConnectionHadEnded) {
  std::atomic<int> answers{0};
  Front site([&answers](const std::string&) {
    return ScriptedOrigin::Answer{html(kPage), ++answers == 1 ? Then::Close : Then::Keep};
  });
  EXPECT_EQ(body_of(site.ask("/")), kDisclosed);
  EXPECT_EQ(body_of(site.ask("/")), kDisclosed);
}

TEST(OriginFront, RefusesWhatItCannotPassOn) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{html("x")}; });
  EXPECT_TRUE(site.ask("/", "X-Candor-Pages: 1\r\n").starts_with("HTTP/1.1 508 "));
  Client client(site.live.address());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  EXPECT_TRUE(client.read_response().starts_with("HTTP/1.1 501 "));
  EXPECT_EQ(site.origin.requests().size(), 0U);
}

TEST(OriginFront, JudgesPagesWithTheSitesOwnStylesheets) {
  Front site([](const std::string& request) {
    if (request.starts_with("GET /a.css?v=1 "))
      return ScriptedOrigin::Answer{ok("Content-Type: text/css", "p{color:red}")};
    return ScriptedOrigin::Answer{html("STYLED", "\r\nETag: \"v\"")};
  });
  const std::string first = site.ask("/");
  EXPECT_EQ(body_of(first), "not here yet");
  std::string later;
  for (int tries = 0; tries < 10'000 && body_of(later) != "p{color:red}"; ++tries)
    later = site.ask("/");
  EXPECT_EQ(body_of(later), "p{color:red}");
  EXPECT_NE(value_of(later, "ETag"), value_of(first, "ETag"));
  const auto requests = site.origin.requests();
  EXPECT_EQ(std::ranges::count_if(requests,
                                  [](const std::string& each) {
                                    return each.starts_with("GET /a.css") &&
                                           has(each, "Host: site.test") &&
                                           has(each, "X-Forwarded-Proto: https");
                                  }),
            1);
}

TEST(OriginFront, LetsGoOfTheOriginWhenTheReaderHasGone) {
  Front site([](const std::string&) { return ScriptedOrigin::Answer{"", Then::Hold}; });
  {
    Client client(site.live.address());
    client.send(get("/"));
    while (site.origin.requests().empty()) site.live.on_loop([] {});
  }
  Client next(site.live.address());
  next.send(get("/", "X-Candor-Pages: 1\r\n"));  // the loop has seen the first one's end by now
  EXPECT_TRUE(next.read_response().starts_with("HTTP/1.1 508 "));
}

}  // namespace
}  // namespace candor::proxy
