#include "app/page_run.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/page_files.h"
#include "contract/store_contract.h"
#include "support/sample_pages.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class PageRunTest : public testing::Test {
 protected:
  fs::path write(const std::string& name, std::string_view content) const {
    const fs::path file = folder_.path / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file;
  }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  contract::TemporaryDirectory folder_;
};

TEST_F(PageRunTest, WithoutASitePagesAreDisclosedAndHrefsStay) {
  const auto worker = make_stateless_worker({});
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  EXPECT_EQ(worker->audit({page, "/"}).verdict, "fail");
  const PageResult result = worker->inject({page, "/"});
  EXPECT_EQ(result.outcome, "changed");
  EXPECT_EQ(result.verdict, "pass");
  EXPECT_THAT(result.page, HasSubstr("https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2"));
  EXPECT_THAT(result.page, HasSubstr("data-candor=\"disclosure\""));
  EXPECT_EQ(worker->inject({result.page, "/"}).page, result.page);
  EXPECT_TRUE(result.audit->at("findings").is_array());
}

TEST_F(PageRunTest, FolderGivesItsPagesInOrder) {
  write("public/b.html", "b");
  write("public/a/index.htm", "a");
  write("public/UPPER.HTML", "u");
  write("public/style.css", "c");
  std::vector<std::string> names;
  for (const PageFile& page : find_pages(folder_.path / "public")) names.push_back(page.relative);
  EXPECT_THAT(names, testing::ElementsAre("UPPER.HTML", "a/index.htm", "b.html"));
  EXPECT_EQ(find_pages(folder_.path / "public" / "b.html").at(0).relative, "b.html");
  EXPECT_THROW(find_pages(folder_.path / "nowhere"), std::runtime_error);
}

TEST_F(PageRunTest, LinksOutOfTheFolderAreTold) {
  write("public/a.html", "a");
  write("elsewhere.html", "e");
  fs::create_symlink("../elsewhere.html", folder_.path / "public" / "out.html");
  fs::create_symlink("a.html", folder_.path / "public" / "same.html");
  fs::create_symlink("nothing.html", folder_.path / "public" / "broken.html");
  std::vector<std::string> out;
  const auto pages = find_pages(folder_.path / "public");
  EXPECT_EQ(pages.size(), 3u);
  for (const PageFile& page : pages)
    if (page.leads_out) out.push_back(page.relative);
  EXPECT_THAT(out, testing::ElementsAre("out.html"));
}

TEST_F(PageRunTest, ReplacedFileKeepsItsModeAndALinkStaysOne) {
  const fs::path file = write("a.html", "old");
  const auto mode = static_cast<fs::perms>(0604);
  fs::permissions(file, mode);
  fs::create_symlink("a.html", folder_.path / "link.html");
  replace_file(folder_.path / "link.html", "new");
  EXPECT_TRUE(fs::is_symlink(folder_.path / "link.html"));
  EXPECT_EQ(read(file), "new");
  EXPECT_EQ(fs::status(file).permissions(), mode);
  replace_file(folder_.path / "deep" / "er" / "b.html", "made");
  EXPECT_EQ(read(folder_.path / "deep" / "er" / "b.html"), "made");
  EXPECT_EQ(fs::status(folder_.path / "deep" / "er" / "b.html").permissions(),
            static_cast<fs::perms>(0644));
}

}  // namespace
}  // namespace candor::app
