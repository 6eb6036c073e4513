#include "app/data_directory.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "contract/store_contract.h"
#include "store/errors.h"
#include "support/fake_random.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class DataDirectoryTest : public testing::Test {
 protected:
  void write_keys(std::string_view text) const {
    fs::create_directories(directory_ / "keys");
    std::ofstream(directory_ / "keys" / "click_token.keys") << text;
  }
  std::string key_error(std::string_view text) {
    write_keys(text);
    try {
      load_token_keys(directory_, random_);
      return {};
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }

  contract::TemporaryDirectory folder_;
  fs::path directory_ = folder_.path / "data";
  FakeRandom random_;
};

TEST_F(DataDirectoryTest, IsMadeForItsOwnerAlone) {
  open_data_directory(directory_);
  EXPECT_EQ(fs::status(directory_).permissions(), fs::perms::owner_all);
  open_data_directory(directory_);
}

TEST_F(DataDirectoryTest, OfAnotherUserIsRefusedByName) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a directory away";
  open_data_directory(directory_);
  ASSERT_EQ(::chown(directory_.c_str(), 65533, 65533), 0);
  try {
    open_data_directory(directory_);
    FAIL() << "it was opened";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("belongs to 65533; run as that user"));
  }
}

TEST_F(DataDirectoryTest, KeyIsMadeOnceAndKeptPrivate) {
  open_data_directory(directory_);
  const auto made = load_token_keys(directory_, random_);
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].letter, 'a');
  const auto again = load_token_keys(directory_, random_);
  EXPECT_EQ(again[0].secret, made[0].secret);
  EXPECT_EQ(fs::status(directory_ / "keys" / "click_token.keys").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(directory_ / "keys").permissions(), fs::perms::owner_all);
}

TEST_F(DataDirectoryTest, KeysAreReadNewestFirst) {
  write_keys("c 000102030405060708090a0b0c0d0e0f\r\n\n  a ffffffffffffffffffffffffffffffff  \n");
  const auto keys = load_token_keys(directory_, random_);
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_EQ(keys[0].letter, 'c');
  EXPECT_EQ(keys[0].secret[15], 15);
  EXPECT_EQ(keys[1].letter, 'a');
}

TEST_F(DataDirectoryTest, KeyFileErrorsNameTheLine) {
  const std::string good = "a 000102030405060708090a0b0c0d0e0f\n";
  EXPECT_EQ(key_error(good), "");
  for (const char* line :
       {"b", "B 000102030405060708090a0b0c0d0e0f", "b 0001", "bb 000102030405060708090a0b0c0d0e0f",
        "b 000102030405060708090a0b0c0d0e0f10", "b 000102030405060708090a0b0c0d0e0x",
        "b 000102030405060708090a0b0c0d0e0f extra", "# a comment"})
    EXPECT_THAT(key_error(good + line + "\n"), HasSubstr("click_token.keys:2: ")) << line;
  EXPECT_THAT(key_error(good + good), HasSubstr("a second key \"a\""));
  EXPECT_THAT(key_error(""), HasSubstr("holds no key"));
}

TEST_F(DataDirectoryTest, RunFileSaysWhatWasWritten) {
  open_data_directory(directory_);
  EXPECT_FALSE(read_run_file(directory_));
  write_run_file(directory_, {42, "http://127.0.0.1:1", "http://127.0.0.1:2", "", "/x/sock"});
  const auto run = read_run_file(directory_);
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->pid, 42);
  EXPECT_EQ(run->redirect_url, "http://127.0.0.1:1");
  EXPECT_EQ(run->admin_url, "http://127.0.0.1:2");
  EXPECT_EQ(run->proxy_url, "");
  EXPECT_EQ(run->socket, "/x/sock");
  remove_run_file(directory_);
  EXPECT_FALSE(read_run_file(directory_));
  remove_run_file(directory_);
}

TEST_F(DataDirectoryTest, RunFileThatMakesNoSenseIsNone) {
  open_data_directory(directory_);
  for (const char* text : {"", "{", "[]", "{}", R"({"pid":"42"})", R"({"pid":null})"}) {
    std::ofstream(directory_ / "run.json") << text;
    EXPECT_FALSE(read_run_file(directory_)) << text;
  }
}

TEST_F(DataDirectoryTest, ServedByOneAtATime) {
  open_data_directory(directory_);
  {
    const ServeLock lock(directory_);
    try {
      const ServeLock second(directory_);
      FAIL() << "it was locked twice";
    } catch (const store::Busy& busy) {
      EXPECT_EQ(busy.pid, ::getpid());
      EXPECT_THAT(busy.what(), HasSubstr("owned by pid"));
    }
  }
  const ServeLock again(directory_);
}

}  // namespace
}  // namespace candor::app
