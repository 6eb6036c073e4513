#include "mail/message.h"

#include <gmock/gmock.h>

#include "mail/header_text.h"

namespace candor::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message sample() {
  return {.from = "candor@site.example",
          .from_name = "My Site",
          .to = {"owner@site.example"},
          .subject = "Revenue of 2026-11-17",
          .text = "All is well.\n",
          .html = "<p>All is well.</p>",
          .attachments = {{"articles.csv", "text/csv", "path,clicks\n/kettles/,3\n"}},
          .id = "nightly.2026-11-17",
          .date_ms = 1'795'000'000'000};
}

TEST(MailMessage, PartsNestAsMimeWants) {
  const std::string text = compose(sample()).value();
  const std::size_t mixed = text.find("multipart/mixed");
  const std::size_t alternative = text.find("multipart/alternative");
  EXPECT_LT(mixed, alternative);
  EXPECT_LT(text.find("text/plain"), text.find("text/html"));
  EXPECT_LT(text.find("text/html"), text.find("text/csv"));
  EXPECT_THAT(text, HasSubstr("From: \"My Site\"\r\n <candor@site.example>\r\n"));
  EXPECT_THAT(text, HasSubstr("Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"));
  EXPECT_THAT(text, HasSubstr("Message-ID: <nightly.2026-11-17@site.example>\r\n"));
  EXPECT_THAT(text, HasSubstr("cGF0aCxjbGlja3MKL2tldHRsZXMvLDMK"));
}

TEST(MailMessage, AnAddressCanBeNoSecondHeaderRecipientOrOption) {
  for (const char* bad : {"a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "-f@b",
                          "a b@c", "<a@b.example>", "a@", "@b", "a@b@c", ""}) {
    Message message = sample();
    message.to = {bad};
    EXPECT_FALSE(compose(message)) << bad;
    message = sample();
    message.from = bad;
    EXPECT_FALSE(compose(message)) << bad;
  }
  Message message = sample();
  message.attachments[0].file_name = "a\"\r\n.csv";
  EXPECT_FALSE(compose(message));
  message = sample();
  message.id = "a>\r\nBcc: x@y.example";
  EXPECT_FALSE(compose(message));
}

TEST(MailMessage, HostileTextsStayInTheirLine) {
  const std::string long_text(10'000, 'x');
  for (const std::string& hostile :
       {std::string("Revenue\r\nBcc: x@y.example"), std::string("a\0b", 3),
        std::string("\xE2\x80\xAE evil"), std::string("=?utf-8?q?a=0D=0ABcc:_x@y.example?="),
        long_text, std::string("\xff\xfe"), std::string("\"quoted\\\" <x@y.example>"),
        std::string(" \t "),
        std::string("Gr\xC3\xBC\xC3\x9F"
                    "e")}) {
    Message message = sample();
    message.subject = hostile;
    message.from_name = hostile;
    message.text = hostile;
    message.html = {};
    message.attachments.clear();
    const std::string text = compose(message).value();
    const std::string head = text.substr(0, text.find("\r\n\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("\r\nBcc:")));
    EXPECT_EQ(text.find('\0'), std::string::npos);
    EXPECT_THAT(head, Not(HasSubstr("=?utf-8?q?")));
    for (const char c : text) ASSERT_LT(static_cast<unsigned char>(c), 0x80);
    EXPECT_LT(head.size(), 3000u);
  }
}

TEST(MailMessage, EveryLineIsShortAndNoneIsADotAlone) {
  Message message = sample();
  message.text =
      ".\n..\nGr\xC3\xBC\xC3\x9F"
      "e " +
      std::string(3000, 'x') + "\n.\n" + std::string(75, '.');
  message.subject = "";
  for (int i = 0; i < 40; ++i) message.subject += "\xC3\xBC\xF0\x9F\x98\x80";
  const std::string text = compose(message).value();
  EXPECT_THAT(text, Not(HasSubstr("\r\n.")));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 78u) << text.substr(at, end - at);
    at = end + 2;
  }
}

TEST(MailHeaderText, WordsEndBetweenCharacters) {
  EXPECT_EQ(header_text("Kettles"), "Kettles");
  EXPECT_EQ(header_text("K\xC3\xA4se"), "=?UTF-8?B?S8Okc2U=?=");
  EXPECT_EQ(one_line("a\r\n\tb"), "a   b");
  EXPECT_EQ(one_line(std::string(300, 'x')).size(), 203u);
  EXPECT_EQ(mailbox("", "a@b.example"), "a@b.example");
  EXPECT_EQ(mailbox("My \"Site\"", "a@b.example"), "=?UTF-8?B?TXkgIlNpdGUi?=\r\n <a@b.example>");
}

}  // namespace
}  // namespace candor::mail
