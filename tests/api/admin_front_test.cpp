#include "api/admin_front.h"

#include <set>

#include "api/api_house.h"
#include "api/routes.h"
#include "http/gzip.h"
#include "http/live_server.h"

namespace candor::api {
namespace {

using testing::HasSubstr;

class AdminFrontTest : public ApiTest {
 protected:
  ~AdminFrontTest() override {
    live_.stop();
    live_.join();
  }

  std::string ask(std::string_view target, const std::string& headers = {},
                  std::string_view method = "GET") {
    http::Client client(live_.address());
    client.send(std::string(method) + " " + std::string(target) +
                " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n");
    return client.read_to_end();
  }
  static std::string header(const std::string& answer, std::string_view name) {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const auto at = answer.find(start);
    if (at == std::string::npos) return {};
    const auto begin = at + start.size();
    return answer.substr(begin, answer.find("\r\n", begin) - begin);
  }
  static int status(const std::string& answer) { return std::stoi(answer.substr(9, 3)); }

  http::LiveServer live_{[this](const http::Request& request, http::Reply reply) {
    front_->handle(request, std::move(reply));
  }};
  std::optional<AdminFront> front_;
  http::WorkerPool pool_{2, 16};

  void open(Door door) { front_.emplace(live_.loop(), pool_, house_.site, door); }
};

TEST_F(AdminFrontTest, SessionTravelsInItsCookieAmongOthers) {
  open(Door::Network);
  const std::string token = session();
  EXPECT_EQ(status(ask("/api/v1/links")), 401);
  EXPECT_EQ(status(ask("/api/v1/links", "Cookie: candor_session=" + token + "\r\n")), 200);
  EXPECT_EQ(status(ask("/api/v1/links", "Cookie: a=b; candor_session=" + token + "; c=d\r\n")),
            200);
  EXPECT_EQ(status(ask("/api/v1/links", "Cookie: xcandor_session=" + token + "\r\n")), 401);
}

TEST_F(AdminFrontTest, UnixSocketNeedsNoSession) {
  open(Door::UnixSocket);
  EXPECT_EQ(status(ask("/api/v1/links")), 200);
}

TEST_F(AdminFrontTest, UnchangedAnswerCostsAHeader) {
  open(Door::UnixSocket);
  house_.add_link("kettle");
  const std::string first = ask("/api/v1/links");
  const std::string etag = header(first, "ETag");
  ASSERT_FALSE(etag.empty());
  const std::string again = ask("/api/v1/links", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(status(again), 304);
  EXPECT_TRUE(again.ends_with("\r\n\r\n"));
  EXPECT_EQ(header(again, "ETag"), etag);
  house_.add_link("pan");
  const std::string changed = ask("/api/v1/links", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(status(changed), 200);
  EXPECT_NE(header(changed, "ETag"), etag);
  EXPECT_EQ(status(ask("/", "If-None-Match: " + header(ask("/"), "ETag") + "\r\n")), 304);
}

/// Each of them, word for word: a page of ours runs no script but its own, in no one's frame.
const std::pair<const char*, const char*> kSecurityHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
     "'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
     "require-trusted-types-for 'script'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
};

TEST_F(AdminFrontTest, EveryAnswerCarriesTheSecurityHeaders) {
  open(Door::Network);
  std::set<std::string> targets{"/", "/nothing", "/app.js", "/../x", "/api/v1/nothing"};
  for (const Route& route : routes()) targets.emplace(route.pattern);
  for (const std::string& target : targets) {
    for (const char* method : {"GET", "POST", "PUT", "DELETE", "OPTIONS"}) {
      const std::string answer = ask(target, "Content-Length: 0\r\n", method);
      for (const auto& [name, value] : kSecurityHeaders)
        EXPECT_EQ(header(answer, name), value) << method << " " << target << "\n" << answer;
    }
  }
}

TEST_F(AdminFrontTest, UnchangedAndTooLargeAnswersCarryThemToo) {
  open(Door::UnixSocket);
  house_.add_link("kettle");
  const std::string etag = header(ask("/api/v1/links"), "ETag");
  const std::string unchanged = ask("/api/v1/links", "If-None-Match: " + etag + "\r\n");
  ASSERT_EQ(status(unchanged), 304);
  for (const auto& [name, value] : kSecurityHeaders) EXPECT_EQ(header(unchanged, name), value);
}

TEST_F(AdminFrontTest, BehindHttpsOnlyTheHostsOwnCookieCounts) {
  house_.site.admin_url = "https://admin.example";
  open(Door::Network);
  const std::string token = session();
  EXPECT_EQ(status(ask("/api/v1/links", "Cookie: __Host-candor_session=" + token + "\r\n")), 200);
  EXPECT_EQ(status(ask("/api/v1/links", "Cookie: candor_session=" + token + "\r\n")), 401);
}

TEST_F(AdminFrontTest, DashboardIsServedFromTheBinary) {
  open(Door::Network);
  const std::string page = ask("/");
  EXPECT_EQ(status(page), 200);
  EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(ask("/", {}, "HEAD"), "Content-Length"), header(page, "Content-Length"));
  EXPECT_EQ(status(ask("/../etc/passwd")), 404);
  EXPECT_EQ(status(ask("/", {}, "POST")), 405);
}

TEST_F(AdminFrontTest, DashboardsFilesAreKeptForGoodButNotItsFirstPage) {
  open(Door::Network);
  const std::string page = ask("/");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  const auto at = page.find("src=\"v/");
  ASSERT_NE(at, std::string::npos) << page;
  const std::string script = "/" + page.substr(at + 5, page.find('"', at + 5) - at - 5);
  ASSERT_TRUE(script.ends_with("/app.js")) << script;
  EXPECT_EQ(page.find("=\"css/"), std::string::npos) << page;
  EXPECT_EQ(page.find("=\"lib/"), std::string::npos) << page;
  const std::string kept = ask(script);
  EXPECT_EQ(status(kept), 200);
  EXPECT_EQ(header(kept, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(ask("/app.js"), "Cache-Control"), "no-cache");
  const std::string folder = script.substr(0, script.size() - std::string("app.js").size());
  EXPECT_EQ(status(ask(folder + "lib/api.js")), 200);
  EXPECT_EQ(status(ask(folder + "index.html")), 404);
  EXPECT_EQ(status(ask("/v/0123456789abcdef0123456789abcdef/app.js")), 404);
}

TEST_F(AdminFrontTest, DashboardIsPackedForWhoeverTakesIt) {
  open(Door::Network);
  const std::string plain = ask("/app.js");
  const std::string packed = ask("/app.js", "Accept-Encoding: br, gzip\r\n");
  for (const std::string& answer : {plain, packed}) {
    EXPECT_EQ(header(answer, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(answer, "Content-Type"), "text/javascript; charset=utf-8");
  }
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_LT(std::stoi(header(packed, "Content-Length")) * 2,
            std::stoi(header(plain, "Content-Length")));
  const std::string body = plain.substr(plain.find("\r\n\r\n") + 4);
  EXPECT_TRUE(packed.ends_with(http::gzip(body, http::kGzipSmallest)));
  EXPECT_EQ(header(ask("/app.js", "Accept-Encoding: gzip;q=0\r\n"), "Content-Encoding"), "");
}

TEST_F(AdminFrontTest, PackedOrNotAFileHasItsOwnETag) {
  open(Door::Network);
  const std::string gzip = "Accept-Encoding: gzip\r\n";
  const std::string plain_tag = header(ask("/app.js"), "ETag");
  const std::string packed_tag = header(ask("/app.js", gzip), "ETag");
  EXPECT_NE(plain_tag, packed_tag);
  EXPECT_EQ(status(ask("/app.js", gzip + "If-None-Match: " + packed_tag + "\r\n")), 304);
  EXPECT_EQ(status(ask("/app.js", gzip + "If-None-Match: " + plain_tag + "\r\n")), 200);
  const std::string unchanged = ask("/app.js", "If-None-Match: " + plain_tag + "\r\n");
  EXPECT_EQ(status(unchanged), 304);
  EXPECT_EQ(header(unchanged, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(unchanged, "ETag"), plain_tag);
  EXPECT_NE(header(ask("/"), "ETag"), plain_tag);
}

}  // namespace
}  // namespace candor::api
