#include "http/log_text.h"

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

TEST(LogText, IsOneLineThatNoTerminalObeys) {
  EXPECT_EQ(log_text("plain, k\xC3\xBC"
                     "che"),
            "plain, k\xC3\xBC"
            "che");
  EXPECT_EQ(log_text("a\r\nforged: line"), "a\\x0d\\x0aforged: line");
  EXPECT_EQ(log_text(std::string_view("\x1b[2J\0\x7f", 6)), "\\x1b[2J\\x00\\x7f");
  EXPECT_EQ(log_text("\xC2\x85|\xC2\xA0|\xE2\x80\xA8"), "\\xc2\\x85|\xC2\xA0|\\xe2\\x80\\xa8");
}

/// Keeps what is logged.
class Ear final : public Poco::Channel {
 public:
  void log(const Poco::Message& message) override { heard.push_back(message.getText()); }
  std::vector<std::string> heard;
};

TEST(LogText, WhatAHandlerThrowsForgesNoLine) {
  Poco::AutoPtr<Ear> ear(new Ear);
  Poco::Logger& logger = Poco::Logger::get("http");
  const Poco::AutoPtr<Poco::Channel> before = logger.getChannel();
  logger.setChannel(ear);
  {
    LiveServer live([](const Request& request, Reply) {
      throw std::runtime_error(
          "no such page: " + std::string(request.find_header("X-Page").value_or("")) + "\n");
    });
    Client client(live.address());
    client.send(get("/",
                    "X-Page: \xC2\x9B"
                    "2J\r\n"));
    client.read_response();
  }
  logger.setChannel(before);
  ASSERT_EQ(ear->heard.size(), 1u);
  EXPECT_EQ(ear->heard[0], "a handler failed: no such page: \\xc2\\x9b2J\\x0a");
}

}  // namespace
}  // namespace candor::http
