#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::StartsWith;

class UnixSocket : public testing::Test {
 protected:
  UnixSocket() {
    std::string pattern = (std::filesystem::temp_directory_path() / "candor-http-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~UnixSocket() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path file() const { return folder_ / "api.sock"; }
  std::string address() const { return "unix:" + file().string(); }

  std::filesystem::path folder_;
};

TEST_F(UnixSocket, IsItsOwnersAloneAndGoneAfterwards) {
  {
    LiveServer live(
        [](const Request& request, Reply reply) { reply.send(text("[" + request.peer + "]")); }, {},
        address());
    EXPECT_EQ(live.address(), address());
    struct stat status{};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    Client client(live.address());
    client.send(get("/"));
    EXPECT_THAT(client.read_response(), EndsWith("[]"));
  }
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(UnixSocket, AStaleFileIsReplacedALivingOneIsNot) {
  LiveServer first(echo, {}, address());
  EXPECT_THROW(LiveServer(echo, {}, address()), std::system_error);
  const std::filesystem::path stale = folder_ / "stale.sock";
  std::filesystem::rename(file(), stale);  // the living server does not find its file any more
  std::filesystem::create_hard_link(stale, folder_ / "other.sock");
  first.stop();
  first.join();
  ASSERT_TRUE(std::filesystem::exists(stale));
  LiveServer second(echo, {}, "unix:" + stale.string());
  Client client(second.address());
  client.send(get("/"));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 200"));
}

TEST_F(UnixSocket, AnotherKindOfFileIsLeftAlone) {
  std::ofstream(file()) << "mine";
  EXPECT_THROW(LiveServer(echo, {}, address()), std::system_error);
  EXPECT_EQ(std::filesystem::file_size(file()), 4u);
}

}  // namespace
}  // namespace candor::http
