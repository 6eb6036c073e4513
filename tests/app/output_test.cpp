#include "app/output.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace candor::app {
namespace {

using nlohmann::json;

std::string printed(std::string_view format, const json& rows, const Columns& columns,
                    bool header = true) {
  testing::internal::CaptureStdout();
  print_list(format, json({{"data", rows}}).dump(), columns, header);
  return testing::internal::GetCapturedStdout();
}

TEST(SafeText, ShowsControlsInsteadOfSendingThem) {
  EXPECT_EQ(safe_text("a\x1b[31mb\r\n\x7f"), "a\\x1B[31mb\\x0D\\x0A\\x7F");
  EXPECT_EQ(safe_text("\xC2\x9B"
                      "31m"),
            "\\x9B31m")
      << "U+009B begins a command";
  EXPECT_EQ(safe_text("café → kettle \xC2\xA0"), "café → kettle \xC2\xA0");
  EXPECT_EQ(safe_text("\xC2"), "\xC2");
  EXPECT_EQ(safe_text("\u202Egpj.exe\u202C \u2069"), "\\u202Egpj.exe\\u202C \\u2069")
      << "text that is turned around is another text";
  EXPECT_EQ(safe_text("\u2027\u2065\xE2\x80"), "\u2027\u2065\xE2\x80");
}

TEST(PrintList, TableIsAlignedByCharacters) {
  EXPECT_EQ(
      printed("table",
              {{{"slug", "käse"}, {"state", "active"}}, {{"slug", "pan"}, {"state", nullptr}}},
              {"slug", "state"}),
      "SLUG  STATE\nkäse  active\npan   \n");
}

TEST(PrintList, TableShowsNoControlAndCutsLongCells) {
  const std::string text =
      printed("table", {{{"a", std::string(100, 'x')}, {"b", "\x1b]0;owned\x07"}}}, {"a", "b"});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_THAT(text, testing::HasSubstr(std::string(59, 'x') + "…  \\x1B]0;owned\\x07"));
}

TEST(PrintList, CsvQuotesAndGuardsAgainstFormulas) {
  EXPECT_EQ(printed("csv", {{{"a", "=1+1"}, {"b", "say \"hi\", twice"}, {"n", -5}}},
                    {"a", "b", "n", "gone"}),
            "a,b,n,gone\n'=1+1,\"say \"\"hi\"\", twice\",-5,\n");
  EXPECT_EQ(printed("csv", {{{"a", 1}}}, {"a"}, false), "1\n");
}

TEST(PrintList, JsonGoesOutAsItCame) {
  testing::internal::CaptureStdout();
  print_list("json", "{\"data\": [ ],\"z\":1,\"a\":2}", {"a"});
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "{\"data\": [ ],\"z\":1,\"a\":2}\n");
}

TEST(PrintObject, ShowsOneMemberALine) {
  testing::internal::CaptureStdout();
  print_object("table", R"({"slug":"kettle","title":"a\u001bb"})", {"slug", "title"});
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "slug          kettle\ntitle         a\\x1Bb\n");
}

}  // namespace
}  // namespace candor::app
