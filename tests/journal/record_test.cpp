#include "journal/record.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "journal/crc32c.h"

namespace candor::journal {
namespace {

// Vectors of RFC 3720, appendix B.4.
TEST(Crc32c, MatchesPublishedVectors) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  EXPECT_EQ(crc32c(""), 0u);
}

TEST(Crc32c, IsTheSameByTableAndInPieces) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const std::uint32_t whole = crc32c(bytes);
    RC_ASSERT(crc32c_by_table(bytes) == whole);
    const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    RC_ASSERT(crc32c(bytes.substr(cut), crc32c(bytes.substr(0, cut))) == whole);
  }));
}

TEST(Record, ClicksComeBackWhateverTheyHold) {
  EXPECT_TRUE(rc::check([](std::int64_t id, std::int64_t link, std::int64_t article,
                           std::uint16_t placement, std::uint64_t visitor, std::uint64_t reason,
                           std::uint64_t referrer, std::uint64_t user_agent) {
    ClickRecord record;
    record.click.id.value = id;
    record.click.link.value = link;
    record.click.article.value = article;
    record.click.placement = placement;
    record.click.visitor = visitor;
    record.click.verdict = static_cast<Verdict>(visitor % kVerdictCount);
    record.reason = reason;
    record.referrer = referrer;
    record.user_agent = user_agent;
    const auto decoded = decode_click(encode_click(record));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(decoded->click == record.click);
    RC_ASSERT(decoded->reason == reason);
    RC_ASSERT(decoded->referrer == referrer);
    RC_ASSERT(decoded->user_agent == user_agent);
  }));
}

TEST(Record, FieldsThatALaterVersionAppendsAreLeftAlone) {
  ClickRecord record;
  record.click.link.value = 5;
  const auto decoded = decode_click(encode_click(record) + "more");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->click.link.value, 5);
}

TEST(Record, CutPayloadsAreRefused) {
  ClickRecord record;
  record.click.id.value = 1;
  const std::string payload = encode_click(record);
  for (std::size_t length = 0; length < payload.size(); ++length)
    EXPECT_FALSE(decode_click(std::string_view(payload).substr(0, length))) << length;
}

TEST(Record, HoldsOnlyAtItsOwnPlace) {
  std::string bytes;
  append_record(bytes, RecordType::Text, encode_text(1, "Mozilla/5.0"), 3, 100);
  const auto record = parse_record(bytes, 3, 100);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->type, RecordType::Text);
  EXPECT_EQ(decode_text(record->payload)->text, "Mozilla/5.0");
  EXPECT_FALSE(parse_record(bytes, 3, 101));
  EXPECT_FALSE(parse_record(bytes, 4, 100));
}

TEST(Record, ArbitraryBytesAreNoRecord) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) { RC_ASSERT(!parse_record(bytes, 1, 0)); }));
}

}  // namespace
}  // namespace candor::journal
