#include "fetch/client.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "http/event_loop.h"
#include "http/server.h"

namespace candor::fetch {
namespace {

/// Answers like a mirror of what it was asked.
class Mirror final : public http::Handler {
 public:
  void handle(const http::Request& request, http::Reply reply) override {
    if (request.path == "/silence") {
      kept_.emplace(std::move(reply));
      return;
    }
    http::Response response;
    if (request.path == "/moved") {
      response.status = 302;
      response.headers.emplace_back("Location", "/elsewhere");
    } else if (request.path == "/large") {
      response.body.assign(100'000, 'x');
    } else {
      response.headers.emplace_back("X-Seen", request.find_header("X-Sent").value_or("none"));
      response.headers.emplace_back("X-Expect", request.find_header("Expect") ? "yes" : "no");
      response.headers.emplace_back("X-Type", request.find_header("Content-Type").value_or("none"));
      response.body = request.method + " " + request.target + " " + request.body;
    }
    reply.send(std::move(response));
  }

 private:
  std::optional<http::Reply> kept_;
};

class FetchClient : public testing::Test {
 protected:
  FetchClient() {
    std::string pattern = (std::filesystem::temp_directory_path() / "candor-fetch-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    tcp_ = std::make_unique<http::Server>(loop_, "127.0.0.1:0", mirror_, http::Limits{});
    local_ = std::make_unique<http::Server>(loop_, "unix:" + socket(), mirror_, http::Limits{});
    thread_ = std::jthread(
        [this](const std::stop_token& stop) { loop_.run(stop, std::chrono::milliseconds{0}); });
  }
  ~FetchClient() override {
    thread_.request_stop();
    thread_.join();
    local_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string url(const std::string& target) const { return "http://" + tcp_->address() + target; }
  std::string socket() const { return (folder_ / "api.sock").string(); }

  std::filesystem::path folder_;
  http::EventLoop loop_;
  Mirror mirror_;
  std::unique_ptr<http::Server> tcp_;
  std::unique_ptr<http::Server> local_;
  std::jthread thread_;
  Client client_;
};

TEST_F(FetchClient, ARequestEndsWhenItIsCancelled) {
  Client client;
  Request request;
  request.url = url("/silence");
  int asked = 0;
  request.cancelled = [&asked] { return ++asked > 1; };
  const auto answer = client.send(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Cancelled);
}

TEST_F(FetchClient, PrivateAddressesAreRefusedWhereThatIsWanted) {
  Client client;
  Request request;
  request.url = url("/x");
  EXPECT_TRUE(client.send(request)) << "and a connection is kept";
  request.public_addresses_only = true;
  const auto answer = client.send(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::CannotConnect);
  EXPECT_NE(answer.error().message.find("public"), std::string::npos);
}

TEST_F(FetchClient, SendsMethodTargetHeadersAndBody) {
  const auto answer = client_.send({.method = "POST",
                                    .url = url("/a/../b?c=d"),
                                    .headers = {{"X-Sent", "hello"}},
                                    .body = std::string("one\0two", 7)});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, std::string("POST /a/../b?c=d one\0two", 24));
  EXPECT_EQ(answer->find_header("x-seen"), "hello");
  EXPECT_EQ(answer->find_header("X-Expect"), "no");
  EXPECT_EQ(answer->find_header("X-Type"), "none");
}

TEST_F(FetchClient, TalksToAUnixSocket) {
  for (const char* method : {"GET", "DELETE", "PUT", "OPTIONS"}) {
    const auto answer = client_.send(
        {.method = method, .url = "http://localhost/v1/links", .unix_socket_path = socket()});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, std::string(method) + " /v1/links ");
  }
}

TEST_F(FetchClient, HeadHasNoBody) {
  const auto answer = client_.send({.method = "HEAD", .url = url("/x")});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "");
  EXPECT_EQ(answer->find_header("content-length"), "8");
}

TEST_F(FetchClient, RedirectsAreNotFollowed) {
  const auto answer = client_.send({.url = url("/moved")});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(answer->find_header("location"), "/elsewhere");
}

TEST_F(FetchClient, BodiesBeyondTheLimitAreAnError) {
  const auto answer = client_.send({.url = url("/large"), .max_body_bytes = 99'999});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::TooLarge);
  EXPECT_TRUE(client_.send({.url = url("/large"), .max_body_bytes = 100'000}));
}

TEST_F(FetchClient, NobodyThereIsTold) {
  const auto no_file =
      client_.send({.url = "http://localhost/", .unix_socket_path = (folder_ / "none").string()});
  ASSERT_FALSE(no_file);
  EXPECT_EQ(no_file.error().kind, ErrorKind::CannotConnect);
  EXPECT_NE(no_file.error().message, "");
}

TEST_F(FetchClient, SilenceEndsInATimeout) {
  const auto answer = client_.send({.url = url("/silence"), .timeout_ms = 50});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Timeout);
}

TEST_F(FetchClient, OnlyHttpUrlsAndCleanHeadersAreSent) {
  EXPECT_EQ(client_.send({.url = "file:///etc/hostname"}).error().kind, ErrorKind::BadRequest);
  EXPECT_EQ(client_.send({.url = "http://"}).error().kind, ErrorKind::BadRequest);
  EXPECT_EQ(client_.send({.url = url("/"), .headers = {{"X", "a\r\nY: b"}}}).error().kind,
            ErrorKind::BadRequest);
  EXPECT_EQ(client_.send({.method = "GET /", .url = url("/")}).error().kind, ErrorKind::BadRequest);
}

}  // namespace
}  // namespace candor::fetch
