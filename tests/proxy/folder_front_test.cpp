#include "proxy/folder_front.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "contract/store_contract.h"
#include "http/live_server.h"
#include "sqlite/store.h"
#include "support/fake_clock.h"
#include "support/sample_pages.h"

namespace candor::proxy {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class FolderFrontTest : public testing::Test {
 protected:
  FolderFrontTest() {
    write("index.html", page_with({}));
    write("kettles/index.html", page_with({{"Kettle", kAwinUrl}}));
    write("evil.example/index.html", page_with({}));
    write("style.CSS", "body{}");
    std::ofstream(folder_.path / "secret.html") << "secret";
    front_.emplace(live_.loop(), pool_, pages_, *store_, root_);
  }
  ~FolderFrontTest() override {
    live_.stop();
    live_.join();
  }

  void write(const std::string& name, std::string_view content) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << content;
  }
  std::string ask(std::string_view target, std::string_view method = "GET") {
    http::Client client(live_.address());
    client.send(std::string(method) + " " + std::string(target) +
                " HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n\r\n");
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

  contract::TemporaryDirectory folder_;
  fs::path root_ = folder_.path / "public";
  std::unique_ptr<store::Store> store_ = sqlite::open_store({.path = folder_.path / "candor.db"});
  FakeClock clock_;
  pages::PageProcessor pages_{*store_,
                              clock_,
                              {.name = "Test site",
                               .url = "https://site.example",
                               .hosts = {"site.example"},
                               .go_url = "https://site.example/go/",
                               .jurisdictions = {"US"},
                               .language = {}}};
  http::LiveServer live_{[this](const http::Request& request, http::Reply reply) {
    front_->handle(request, std::move(reply));
  }};
  std::optional<FolderFront> front_;
  http::WorkerPool pool_{1, 16};
};

TEST_F(FolderFrontTest, PageGoesOutDisclosedAndIsRecorded) {
  const std::string answer = ask("/kettles/");
  EXPECT_EQ(status(answer), 200);
  EXPECT_EQ(header(answer, "Content-Type"), "text/html");
  EXPECT_EQ(header(answer, "Cache-Control"), "no-cache");
  EXPECT_THAT(answer, HasSubstr("data-candor=\"disclosure\""));
  EXPECT_THAT(answer, HasSubstr("https://site.example/go/kettle?a=%2Fkettles%2F"));
  EXPECT_EQ(store_->find_article("/kettles/").value().verdict, "pass");
}

TEST_F(FolderFrontTest, ArticleIsNamedByItsFileNotByTheRequest) {
  for (const char* target : {"/kettles/index.html", "//kettles/", "/kettles//index.html?a=1"})
    EXPECT_EQ(status(ask(target)), 200) << target;
  ASSERT_EQ(store_->list_articles().size(), 1u);
  EXPECT_EQ(store_->list_articles()[0].path, "/kettles/");
}

TEST_F(FolderFrontTest, NothingOutsideTheFolderIsReachable) {
  fs::create_symlink(folder_.path / "secret.html", root_ / "leak.html");
  fs::create_directory_symlink(folder_.path, root_ / "up");
  fs::create_directory(folder_.path / "public-too");
  for (const char* target :
       {"/../secret.html", "/%2e%2e/secret.html", "/kettles/../../secret.html", "/..%2fsecret.html",
        "/kettles%2Findex.html", "/leak.html", "/up/secret.html", "/up", "/up/public-too", "/..",
        "/../", "/../public-too", "/%2e%2e%2f", "/.", "/candor.db"}) {
    const std::string answer = ask(target);
    EXPECT_EQ(status(answer), 404) << target;
    EXPECT_THAT(answer, Not(HasSubstr("secret\n"))) << target;
  }
  EXPECT_EQ(status(ask("/index.html%00.css")), 400);
}

TEST_F(FolderFrontTest, LinksInsideTheFolderAreFollowed) {
  fs::create_symlink("kettles/index.html", root_ / "latest.html");
  EXPECT_THAT(ask("/latest.html"), HasSubstr("data-candor=\"disclosure\""));
}

TEST_F(FolderFrontTest, HiddenFilesStayHiddenButWellKnownOnesAreServed) {
  write(".git/config", "[core]");
  write(".env", "PASSWORD=1");
  write("kettles/.htaccess", "x");
  write(".well-known/security.txt", "Contact: mailto:owner@site.example");
  for (const char* target :
       {"/.git/config", "/.git", "/%2egit/config", "/.env", "/kettles/.htaccess"})
    EXPECT_EQ(status(ask(target)), 404) << target;
  EXPECT_THAT(ask("/.well-known/security.txt"), HasSubstr("Contact:"));
}

TEST_F(FolderFrontTest, FolderWithoutSlashRedirectsOnThisHostOnly) {
  EXPECT_EQ(header(ask("/kettles?utm=1"), "Location"), "/kettles/?utm=1");
  EXPECT_EQ(status(ask("/kettles")), 301);
  // Scheme-relative, it would lead to another host.
  EXPECT_EQ(header(ask("//evil.example"), "Location"), "/evil.example/");
  EXPECT_EQ(header(ask("///evil.example"), "Location"), "/evil.example/");
  write("a b/index.html", "x");
  EXPECT_EQ(header(ask("/a%20b"), "Location"), "/a%20b/");
}

TEST_F(FolderFrontTest, WhatIsNotThereIs404AndOtherMethods405) {
  fs::create_directory(root_ / "empty");
  for (const char* target : {"/nothing", "/empty/", "/index.html/", "/kettles/index.html/x"})
    EXPECT_EQ(status(ask(target)), 404) << target;
  const std::string answer = ask("/kettles/", "POST");
  EXPECT_EQ(status(answer), 405);
  EXPECT_EQ(header(answer, "Allow"), "GET, HEAD");
}

TEST_F(FolderFrontTest, HeadGivesTheLengthWithoutThePage) {
  const std::string get = ask("/kettles/");
  const std::string head = ask("/kettles/", "HEAD");
  EXPECT_EQ(status(head), 200);
  EXPECT_EQ(header(head, "Content-Length"), header(get, "Content-Length"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(FolderFrontTest, OtherFilesGoOutAsTheyAreWithTheirType) {
  EXPECT_EQ(header(ask("/style.CSS"), "Content-Type"), "text/css; charset=utf-8");
  const std::string bytes("\x89PNG\r\n\x1a\n\0\xff", 10);
  write("kettle.png", bytes);
  const std::string answer = ask("/kettle.png");
  EXPECT_EQ(header(answer, "Content-Type"), "image/png");
  EXPECT_TRUE(answer.ends_with(bytes));
}

TEST_F(FolderFrontTest, PageIsReadAgainWhenItsFileOrALinkChanges) {
  EXPECT_THAT(ask("/kettles/"), HasSubstr("/go/kettle?"));
  EXPECT_THAT(ask("/kettles/"), HasSubstr("/go/kettle?"));
  write("kettles/index.html", page_with({{"A much better kettle", kAwinUrl}}));
  EXPECT_THAT(ask("/kettles/"), HasSubstr("A much better kettle"));
  Link link = store_->find_link("kettle").value();
  link.slug = "teapot";
  ASSERT_TRUE(store_->update_link(link));
  EXPECT_THAT(ask("/kettles/"), HasSubstr("/go/teapot?"));
}

/// Makes every write to a file fail as on a full disk.
class FullDisk {
 public:
  FullDisk() {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

TEST_F(FolderFrontTest, FullDiskStillServesPagesDisclosed) {
  std::string answer;
  {
    const FullDisk full;
    answer = ask("/kettles/");
  }
  EXPECT_EQ(status(answer), 200);
  EXPECT_THAT(answer, HasSubstr("data-candor=\"disclosure\""));
  EXPECT_THAT(answer, HasSubstr("awin1.com")) << "a link that could not be stored stays direct";
  EXPECT_THAT(ask("/kettles/"), HasSubstr("/go/kettle?")) << "once there is room again";
}

TEST_F(FolderFrontTest, RootMustBeAFolder) {
  EXPECT_THROW(FolderFront(live_.loop(), pool_, pages_, *store_, folder_.path / "nowhere"),
               fs::filesystem_error);
}

}  // namespace
}  // namespace candor::proxy
