// Zip archives and workbooks, made here byte by byte.
#include "networks/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "networks/report_fixture.h"
#include "networks/workbook.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

void add_number(std::string& out, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string deflated(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Packing {
  bool deflate = true;
  std::optional<std::uint64_t> claimed_bytes = std::nullopt;
  unsigned flags = 0;
};

std::string zip_of(const std::vector<ArchiveFile>& files, const Packing& packing = {}) {
  std::string out, directory;
  for (const ArchiveFile& file : files) {
    const std::string packed = packing.deflate ? deflated(file.bytes) : file.bytes;
    std::string facts;
    add_number(facts, 20, 2);
    add_number(facts, packing.flags, 2);
    add_number(facts, packing.deflate ? 8 : 0, 2);
    add_number(facts, 0, 4);
    add_number(facts,
               crc32(0, reinterpret_cast<const Bytef*>(file.bytes.data()),
                     static_cast<uInt>(file.bytes.size())),
               4);
    add_number(facts, packed.size(), 4);
    add_number(facts, packing.claimed_bytes.value_or(file.bytes.size()), 4);
    add_number(facts, file.name.size(), 2);
    add_number(facts, 0, 2);
    directory += std::string("PK\x01\x02") + std::string("\x14\0", 2) + facts;
    add_number(directory, 0, 10);
    add_number(directory, out.size(), 4);
    directory += file.name;
    out += "PK\x03\x04" + facts + file.name + packed;
  }
  const std::size_t at = out.size();
  out += directory + "PK\x05\x06";
  add_number(out, 0, 4);
  add_number(out, files.size(), 2);
  add_number(out, files.size(), 2);
  add_number(out, directory.size(), 4);
  add_number(out, at, 4);
  add_number(out, 0, 2);
  return out;
}

TEST(Archive, UnpacksStoredAndDeflatedFiles) {
  for (bool deflate : {true, false}) {
    const auto files =
        unpack_zip(zip_of({{"a.csv", "x,y\n1,2\n"}, {"f/", ""}, {"b", ""}}, {.deflate = deflate}));
    ASSERT_TRUE(files) << files.error();
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ((*files)[0].name, "a.csv");
    EXPECT_EQ((*files)[0].bytes, "x,y\n1,2\n");
    EXPECT_EQ((*files)[1].bytes, "");
  }
}

TEST(Archive, ABombIsRefusedByWhatItClaimsAndByWhatItHolds) {
  const std::string zeros(1'000'000, '\0');
  const auto claimed = unpack_zip(zip_of({{"a.csv", zeros}}, {.claimed_bytes = 0xF0000000}));
  ASSERT_FALSE(claimed);
  EXPECT_THAT(claimed.error(), HasSubstr("more than 256 MB"));
  // One that claims less than it holds ends where its claim does.
  EXPECT_FALSE(unpack_zip(zip_of({{"a.csv", zeros}}, {.claimed_bytes = 10})));
  EXPECT_FALSE(unpack_zip(zip_of(std::vector<ArchiveFile>(1001, {"a", ""}))));
}

TEST(Archive, DamageAndEncryptionAreNamed) {
  const std::string whole = zip_of({{"a.csv", "x,y\n1,2\n"}});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(unpack_zip(std::string_view(whole).substr(0, size)));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    (void)unpack_zip(damaged);
  }
  const auto secret = unpack_zip(zip_of({{"a.csv", "x"}}, {.flags = 1}));
  ASSERT_FALSE(secret);
  EXPECT_THAT(secret.error(), HasSubstr("encrypted"));
}

TEST(Archive, AZippedReportIsTheReport) {
  const std::string text = load_fixture("amazon_fee_earnings_us.csv");
  const auto plain = read_report(text, {});
  const auto zipped = read_report(zip_of({{"Fee-Earnings.csv", text}, {"a.png", "x"}}), {});
  ASSERT_TRUE(zipped) << zipped.error().message;
  EXPECT_EQ(zipped->rows, plain->rows);
  EXPECT_EQ(zipped->from_day, plain->from_day);
}

TEST(Archive, CountsStandBesideTheCommissions) {
  const auto file = read_report(zip_of({{"t.csv", load_fixture("amazon_fee_tracking_us.csv")},
                                        {"e.csv", load_fixture("amazon_fee_earnings_us.csv")},
                                        {"readme.txt", "hello"}}),
                                {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->report, "fee-earnings");
  EXPECT_EQ(file->rows.size(), 5U);
  ASSERT_EQ(file->totals.size(), 3U);
  EXPECT_EQ(file->totals[0].report, "fee-tracking");
  // What could not be read is said.
  ASSERT_EQ(file->errors.size(), 1U);
  EXPECT_EQ(file->errors[0].text, "readme.txt");
}

TEST(Archive, SeveralReportsOfCommissionsAreRefused) {
  const auto refused = read_report(zip_of({{"a.csv", load_fixture("amazon_fee_earnings_us.csv")},
                                           {"b.csv", load_fixture("amazon_fee_earnings_uk.csv")}}),
                                   {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("a.csv, b.csv"));
  EXPECT_EQ(read_report(zip_of({}), {}).error().kind, ReportError::Kind::NotText);
  EXPECT_EQ(read_report(zip_of({{"a.png", "x"}}), {}).error().kind, ReportError::Kind::Empty);
}

std::string workbook_of(const std::string& strings, const std::string& sheet) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  return zip_of(
      {{"[Content_Types].xml", head + "<Types/>"},
       {"xl/workbook.xml",
        head + "<workbook><sheets><sheet name=\"Fee-Earnings\" sheetId=\"1\" r:id=\"rId1\"/>"
               "</sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        head + "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
               "</Relationships>"},
       {"xl/styles.xml",
        head + "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.00&quot;day&quot;\"/>"
               "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
               "<xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
       {"xl/sharedStrings.xml", head + "<sst>" + strings + "</sst>"},
       {"xl/worksheets/sheet1.xml",
        head + "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"}});
}

TEST(Workbook, SheetsBecomeText) {
  const auto files = unpack_zip(workbook_of(
      "<si><t>Name, of it</t></si><si><r><t>a</t></r><r><t>\"b\"</t></r></si>",
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>46083</v></c><c r=\"B4\" s=\"1\"><v>46083.4244444444"
      "</v></c><c r=\"C4\" s=\"2\"><v>4.0499999999999998</v></c>"
      "<c t=\"inlineStr\"><is><t>in\nline</t></is></c><c t=\"b\"><v>1</v></c></row>"));
  ASSERT_TRUE(files);
  ASSERT_TRUE(is_workbook(*files));
  const auto sheets = read_workbook(*files);
  ASSERT_TRUE(sheets) << sheets.error();
  ASSERT_EQ(sheets->size(), 1U);
  EXPECT_EQ((*sheets)[0].name, "Fee-Earnings");
  EXPECT_EQ((*sheets)[0].text,
            "\n\"Name, of it\",,\"a\"\"b\"\"\"\n\n"
            "2026-03-02,2026-03-02 10:11:12,4.05,in line,true\n");
}

TEST(Workbook, NumbersAreReadAsExcelShowsThem) {
  for (const auto& [given, shown] :
       std::vector<std::pair<std::string, std::string>>{{"4.0499999999999998", "4.05"},
                                                        {"-89.989999999999995", "-89.99"},
                                                        {"1.1299999999999999E-2", "0.0113"},
                                                        {"1.5E3", "1500"},
                                                        {"0", "0"},
                                                        {"100", "100"},
                                                        {"0.99999999999999999", "1"},
                                                        {"99999999999999999", "100000000000000000"},
                                                        {"abc", "abc"},
                                                        {"1E999", "1E999"},
                                                        {"", ""}})
    EXPECT_EQ(tidy_number(given), shown) << given;
}

TEST(Workbook, AReportInAWorkbookIsTheReport) {
  const auto text = [](const std::string& value) {
    return "<c t=\"str\"><v>" + value + "</v></c>";
  };
  const auto number = [](const std::string& value) { return "<c><v>" + value + "</v></c>"; };
  std::string header;
  for (const char* name :
       {"Category", "Name", "ASIN", "Seller", "Tracking ID", "Date Shipped", "Price($)",
        "Items Shipped", "Returns", "Revenue($)", "Ad Fees($)", "Device Type Group"})
    header += text(name);
  const std::string row = text("Kitchen") + text("Example Blender 900W") + text("B0SYNTH001") +
                          text("Amazon") + text("candor-blend-20") + "<c s=\"1\"><v>46083</v></c>" +
                          number("89.989999999999995") + number("1") + number("0") +
                          number("89.989999999999995") + number("4.0499999999999998") +
                          text("DESKTOP");
  const std::string title = text("Fee-Earnings reports from 03-01-2026 to 03-31-2026");
  const auto file = read_report(
      workbook_of("", "<row>" + title + "</row><row>" + header + "</row><row>" + row + "</row>"),
      {});
  ASSERT_TRUE(file) << file.error().message;
  // The same row as in the text: it has the same identity.
  EXPECT_EQ(
      file->rows,
      std::vector(1, read_report(load_fixture("amazon_fee_earnings_us.csv"), {})->rows.front()));
  EXPECT_EQ(file->to_day, 20'543);
}

}  // namespace
}  // namespace candor::networks
