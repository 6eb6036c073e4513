#include "pages/site_folder.h"

#include <gmock/gmock.h>

#include <fstream>

#include "contract/store_contract.h"

namespace candor::pages {
namespace {

namespace fs = std::filesystem;
using testing::Optional;

class SiteFolderTest : public testing::Test {
 protected:
  SiteFolderTest() {
    write("public/style.css", "root");
    write("public/blog/style.css", "blog");
    write("public/blog/index.html", "page");
    write("secret.css", "secret");
    write("public-too/style.css", "neighbour");
  }
  void write(const std::string& name, std::string_view content) const {
    fs::create_directories((folder_.path / name).parent_path());
    std::ofstream(folder_.path / name) << content;
  }

  contract::TemporaryDirectory folder_;
};

TEST_F(SiteFolderTest, PathsAreSeenFromThePage) {
  const SiteFolder folder(folder_.path / "public", {"site.example"});
  EXPECT_THAT(folder.read("style.css?v=3", "/blog/", ""), Optional(std::string("blog")));
  EXPECT_THAT(folder.read("/style.css", "/blog/", ""), Optional(std::string("root")));
  EXPECT_THAT(folder.read("../style.css", "/blog/x.html", ""), Optional(std::string("root")));
  EXPECT_THAT(folder.read("https://site.example/style.css", "/", ""),
              Optional(std::string("root")));
  EXPECT_THAT(folder.read("/blog/", "/", ""), Optional(std::string("page")));
  EXPECT_EQ(folder.read("/none.css", "/", ""), std::nullopt);
}

TEST_F(SiteFolderTest, OtherHostsAreNotOfTheSite) {
  const SiteFolder folder(folder_.path / "public", {"site.example"});
  EXPECT_EQ(folder.read("https://cdn.example/style.css", "/", ""), std::nullopt);
  EXPECT_EQ(folder.read("//cdn.example/style.css", "/", ""), std::nullopt);
  const SiteFolder unnamed(folder_.path / "public", {});
  const std::string page = "<link rel=canonical href=https://own.example/a/>";
  EXPECT_THAT(unnamed.read("https://own.example/style.css", "/", page),
              Optional(std::string("root")));
  EXPECT_EQ(unnamed.read("https://cdn.example/style.css", "/", page), std::nullopt);
}

TEST_F(SiteFolderTest, NothingOutsideOfTheFolderIsRead) {
  fs::create_symlink("../secret.css", folder_.path / "public" / "link.css");
  fs::create_directory_symlink("..", folder_.path / "public" / "up");
  const SiteFolder folder(folder_.path / "public", {"site.example"});
  for (const char* address :
       {"../secret.css", "/../secret.css", "/%2e%2e/secret.css", "/..%2Fsecret.css", "/link.css",
        "/up/secret.css", "/../public-too/style.css", "/..%5Csecret.css", "/style.css%00.html",
        "https://site.example/%2e%2e%2fsecret.css", "file:///etc/passwd"})
    EXPECT_EQ(folder.read(address, "/", ""), std::nullopt) << address;
}

}  // namespace
}  // namespace candor::pages
