#include "report/model_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace candor::report {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Currency kEur = find_currency("EUR").value();
const Currency kJpy = find_currency("JPY").value();

ModelReport sample() {
  ModelReport report;
  report.from_day = "2026-10-26";
  report.to_day = "2026-11-22";
  report.zone = "Europe/Berlin";
  report.booked_model = "linear";
  report.models = {{"linear", ""}, {"last", ""}, {"markov", "no click of these days sold"}};
  report.modelled_count = 3;
  report.rows = {{ArticleId{1}, "/pans", "=cmd()", kEur, 1'000'000, {500'001, 0, 0}},
                 {ArticleId{2}, "/\x1B[31mpots", "Pots", kEur, 0, {499'999, 1'000'000, 0}},
                 {ArticleId{2}, "/\x1B[31mpots", "Pots", kJpy, 7'000'000, {0, 0, 0}}};
  report.unattributed = {{{}, "(unattributed)", "", kEur, 250'000, {0, 0, 0}}};
  report.imported = {{2'250'000, kEur}, {7'000'000, kJpy}};
  finish(report);
  return report;
}

TEST(ModelReport, EachModelSumsToWhatWasImported) {
  ModelReport report = sample();
  EXPECT_TRUE(report.balanced);
  ASSERT_EQ(report.total.size(), 2U);
  EXPECT_EQ(report.total[0].earned_micro(0), 2'250'000);
  EXPECT_EQ(report.total[0].earned_micro(1), 2'250'000);
  report.rows[0].modelled_micro[1] += 1;
  report.total.clear();
  finish(report);
  EXPECT_FALSE(report.balanced);
  EXPECT_THAT(to_table(report), HasSubstr("DOES NOT BALANCE"));
}

TEST(ModelReport, MoneyThatNoRowHasIsMissed) {
  ModelReport report = sample();
  report.imported.push_back({1, find_currency("USD").value()});
  report.total.clear();
  finish(report);
  EXPECT_FALSE(report.balanced);
}

TEST(ModelReport, AllFormatsSayTheSame) {
  const ModelReport report = sample();
  EXPECT_THAT(to_csv(report), HasSubstr("/pans,'=cmd(),EUR,1.00,1.500001,1.00,n/a\r\n"));
  EXPECT_THAT(to_csv(report), HasSubstr("(total),,JPY,7,7,7,n/a\r\n"));
  const std::string table = to_table(report);
  EXPECT_THAT(table, HasSubstr("linear (booked)"));
  EXPECT_THAT(table, HasSubstr("/?[31mpots")) << "no escape reaches a terminal";
  EXPECT_THAT(table, Not(HasSubstr("\x1B")));
  EXPECT_THAT(table, HasSubstr("markov: n/a, no click of these days sold."));
  const json body = json::parse(to_json(report));
  EXPECT_EQ(body.at("data").at(0).at("by_model").at("linear").at("earned_micro"), 1'500'001);
  EXPECT_EQ(body.at("data").at(0).at("by_model").at("linear").at("modelled_micro"), 500'001);
  EXPECT_FALSE(body.at("data").at(0).at("by_model").contains("markov"));
  std::vector<std::string> paths;
  for (const json& row : body.at("data")) paths.push_back(row.at("currency"));
  EXPECT_THAT(paths, ElementsAre("EUR", "EUR", "JPY"));
}

}  // namespace
}  // namespace candor::report
