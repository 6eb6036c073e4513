#include "journal/record.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

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
                           std::uint16_t placement, std::uint64_t visitor, std::uint32_t reason,
                           std::uint32_t referrer, std::uint32_t user_agent) {
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

rc::Gen<Country> any_country() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange('A', '['), rc::gen::inRange('A', '[')),
                      [](const auto& letters) {
                        return Country::parse(std::string{letters.first, letters.second}).value();
                      });
}

TEST(Record, TraitsComeBackWhateverTheyAre) {
  EXPECT_TRUE(rc::check([](std::uint8_t variant, std::int32_t skew_ms, std::uint16_t language) {
    ClickRecord record;
    record.click.country = *rc::gen::oneOf(any_country(), rc::gen::just(Country{}));
    record.click.device = static_cast<Device>(*rc::gen::inRange(0, kDeviceCount));
    record.click.os = static_cast<Os>(*rc::gen::inRange(0, kOsCount));
    record.click.asn_class = static_cast<AsnClass>(*rc::gen::inRange(0, kAsnClassCount));
    record.click.kind = static_cast<ClickKind>(*rc::gen::inRange(0, kClickKindCount));
    record.click.variant = variant;
    record.click.skew_ms = skew_ms;
    record.language = language;
    const std::string payload = encode_click(record);
    const auto decoded = decode_click(payload);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(decoded->click == record.click);
    RC_ASSERT(decoded->language == language);
  }));
}

TEST(Record, ClicksOfTheFirstVersionAreReadWithoutTraits) {
  // id, visitor, verdict, link 5, article 6, placement 7, text ids 1, 2 and 3: no more was known.
  const std::string payload = std::string(7, '\0') + '\x01' + std::string(7, '\0') + '\x02' +
                              "\x01\x05\x06\x07\x01\x02\x03";
  const auto decoded = decode_click(payload);
  ASSERT_TRUE(decoded);
  ClickFacts first;
  first.id.value = std::int64_t{1} << 56;
  first.visitor = std::uint64_t{2} << 56;
  first.verdict = Verdict::Bot;
  first.link = {5};
  first.article = {6};
  first.placement = 7;
  EXPECT_EQ(decoded->click, first);
  EXPECT_EQ(decoded->language, 0u);
  // Nor does a click without traits take room for them.
  EXPECT_EQ(encode_click(*decoded), payload);
}

TEST(Record, TraitsThatALaterVersionKnowsAreUnknownHere) {
  ClickRecord record;
  record.click.device = static_cast<Device>(7);
  record.click.os = static_cast<Os>(30);
  record.click.asn_class = static_cast<AsnClass>(9);
  const auto decoded = decode_click(encode_click(record));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->click, ClickFacts{});
}

TEST(Record, TheLongestClickFitsWhereItIsExpectedTo) {
  ClickRecord record;
  record.click.id.value = -1;
  record.click.link.value = -1;
  record.click.article.value = -1;
  record.click.placement = 65535;
  record.click.country = Country::parse("ZZ").value();
  record.click.device = Device::Tv;
  record.click.os = Os::Other;
  record.click.asn_class = AsnClass::DataCentre;
  record.click.kind = ClickKind::Beacon;
  record.click.variant = 255;
  record.click.skew_ms = std::numeric_limits<std::int32_t>::min();
  record.reason = record.referrer = record.user_agent = record.language = kTextIds - 1;
  EXPECT_LE(encode_click(record).size(), kClickPayloadBytes);
}

TEST(Record, FieldsThatALaterVersionAppendsAreLeftAlone) {
  ClickRecord record;
  record.click.link.value = 5;
  record.click.skew_ms = 1;
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
