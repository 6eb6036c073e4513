#include "app/page_folder.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/page_files.h"
#include "contract/store_contract.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

class PageFolderTest : public testing::Test {
 protected:
  PageFolderTest() {
    write("blog/index.html", "blog");
    write("about.html", "about");
    write("site.css", "css");
    write(".hidden/index.html", "hidden");
    std::ofstream(folder_.path / "outside.html") << "outside";
    fs::create_symlink(folder_.path / "outside.html", root_ / "out.html");
  }
  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  DiskPageFolder folder() { return {root_, {"site.example"}, folder_.path / "data" / "mended"}; }

  contract::TemporaryDirectory folder_;
  fs::path root_ = folder_.path / "site";
};

TEST_F(PageFolderTest, FindsPagesAndNothingElse) {
  const DiskPageFolder pages(root_, {}, folder_.path / "mended");
  EXPECT_EQ(pages.find("/blog/").value().bytes, "blog");
  EXPECT_EQ(pages.find("/blog/index.html").value().bytes, "blog");
  EXPECT_EQ(pages.find("/about.html").value().file, (root_ / "about.html").string());
  for (const char* path : {"/", "/site.css", "/.hidden/", "/out.html", "/../outside.html",
                           "/%2e%2e/outside.html", "/blog/../../outside.html", "/nowhere/"})
    EXPECT_FALSE(pages.find(path).has_value()) << path;
}

TEST_F(PageFolderTest, GivesWhatAPageLoads) {
  const auto page = folder().find("/blog/").value();
  EXPECT_EQ(page.site_file("https://site.example/site.css"), "css");
  EXPECT_EQ(page.site_file("/site.css"), "css");
  EXPECT_FALSE(page.site_file("https://other.example/site.css").has_value());
}

TEST_F(PageFolderTest, TakesAFixBackOnlyWhileThePageIsTheFixes) {
  DiskPageFolder pages(root_, {}, folder_.path / "data" / "mended");
  EXPECT_FALSE(pages.replace("/blog/", "another", "fixed"));
  EXPECT_FALSE(pages.restore("/blog/"));
  ASSERT_TRUE(pages.replace("/blog/", "blog", "fixed"));
  EXPECT_EQ(read_page(root_ / "blog/index.html"), "fixed");
  ASSERT_TRUE(pages.restore("/blog/"));
  EXPECT_EQ(read_page(root_ / "blog/index.html"), "blog");
  EXPECT_FALSE(pages.restore("/blog/"));
  ASSERT_TRUE(pages.replace("/blog/", "blog", "fixed"));
  write("blog/index.html", "the owner's own change");
  EXPECT_FALSE(pages.restore("/blog/"));
  EXPECT_EQ(read_page(root_ / "blog/index.html"), "the owner's own change");
}

}  // namespace
}  // namespace candor::app
