#include "report/articles_report.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <nlohmann/json.hpp>

namespace candor::report {
namespace {

const Currency kEur = find_currency("EUR").value();
const Currency kUsd = find_currency("USD").value();

RevenueLine line(Currency currency, std::array<std::int64_t, kCommissionStatusCount> micro,
                 std::int64_t orders) {
  return {currency, micro, orders};
}

ArticleRow row(std::int64_t id, std::string path, std::int64_t clicks,
               std::vector<RevenueLine> revenue) {
  ArticleRow made;
  made.article = {id};
  made.path = std::move(path);
  made.title = "Title, with comma";
  made.clicks = clicks;
  made.gross_clicks = clicks + 5;
  made.revenue = std::move(revenue);
  made.disclosure = "passed";
  return made;
}

ArticlesReport sample() {
  ArticlesReport report;
  report.from_day = "2026-10-26";
  report.to_day = "2026-11-24";
  report.zone = "Europe/Berlin";
  report.rows = {
      row(1, "/=quiet", 4, {}),
      row(2, "/käse", 3,
          {line(kUsd, {0, 8'100'000, 0, 0}, 2), line(kEur, {62'500'000, 0, 2'000'000, 0}, 1)}),
      row(3, "/best-blenders", 24,
          {line(kEur, {1'000'000, 99'000'000, 0, 2'999'000}, 7),
           line(kEur, {0, 1'000'000, 0, 0}, 1)}),
  };
  report.rows[0].disclosure = "";
  report.rows[2].views = 200;
  report.rows[2].viewed_clicks = 19;
  report.rows[2].viewed_revenue = {line(kEur, {0, 3'000'000, 0, 1}, 1)};
  report.unattributed.revenue = {line(kUsd, {0, -4'050'000, 0, 0}, -1)};
  report.unattributed.gross_clicks = 2;
  report.imported = {line(kUsd, {0, 4'050'000, 0, 0}, 1),
                     line(kEur, {63'500'000, 100'000'000, 2'000'000, 2'999'000}, 9)};
  finish(report);
  return report;
}

TEST(ArticlesReport, SortsByEarnedThenClicksAndAddsUp) {
  const ArticlesReport report = sample();
  ASSERT_EQ(report.rows.size(), 3U);
  EXPECT_EQ(report.rows[0].path, "/best-blenders");
  EXPECT_EQ(report.rows[1].path, "/käse");
  EXPECT_EQ(report.rows[2].path, "/=quiet");
  EXPECT_EQ(report.total.clicks, 31);
  EXPECT_EQ(report.total.gross_clicks, 48);
  ASSERT_EQ(report.total.revenue.size(), 2U);
  EXPECT_EQ(report.total.revenue[0],
            line(kEur, {63'500'000, 100'000'000, 2'000'000, 2'999'000}, 9));
  EXPECT_EQ(report.total.revenue[1], line(kUsd, {0, 4'050'000, 0, 0}, 1));
  EXPECT_TRUE(report.balanced);
}

TEST(ArticlesReport, AMissingMicroUnitBreaksTheBalance) {
  ArticlesReport report = sample();
  report.imported[0].micro_by_status[1] += 1;
  finish(report);
  EXPECT_FALSE(report.balanced);
  EXPECT_NE(to_table(report).find("DOES NOT BALANCE"), std::string::npos);
  EXPECT_NE(to_json(report).find("\"balanced\":false"), std::string::npos);
}

TEST(ArticlesReport, MoneyThatMovedBetweenStatusesBreaksTheBalance) {
  ArticlesReport report = sample();
  std::swap(report.imported[0].micro_by_status[0], report.imported[0].micro_by_status[1]);
  finish(report);
  EXPECT_FALSE(report.balanced);
}

TEST(ArticlesReport, EpcRoundsHalfToEven) {
  const auto epc = [](std::int64_t earned, std::int64_t clicks) {
    ArticleRow made = row(1, "/a", clicks, {});
    return made.epc_micro(line(kEur, {earned, 0, 999, 0}, 1));
  };
  EXPECT_EQ(epc(5, 2), 2);
  EXPECT_EQ(epc(7, 2), 4);
  EXPECT_EQ(epc(-5, 2), -2);
  EXPECT_EQ(epc(-7, 2), -4);
  EXPECT_EQ(epc(2, 3), 1);
  EXPECT_EQ(epc(1, 3), 0);
  EXPECT_EQ(epc(-2, 3), -1);
  EXPECT_EQ(epc(6, 3), 2);
  EXPECT_FALSE(epc(6, 0));
}

TEST(ArticlesReport, RatesOfViewsAreOfTheDaysThatHaveViews) {
  ArticleRow made = row(1, "/a", 24, {line(kEur, {9'000'000, 0, 0, 0}, 1)});
  EXPECT_FALSE(made.ctr_micro());
  EXPECT_FALSE(made.rpm_micro(kEur)) << "not known is not none";
  made.views = 0;
  EXPECT_FALSE(made.ctr_micro());
  made.views = 16;
  made.viewed_clicks = 4;
  made.viewed_revenue = {line(kEur, {1'000'001, 0, 0, 0}, 1)};
  EXPECT_EQ(made.ctr_micro(), 250'000);
  EXPECT_EQ(made.rpm_micro(kEur), 62'500'062);
  EXPECT_EQ(made.rpm_micro(kUsd), 0);
  made.viewed_revenue = {line(kEur, {9'000'000'000'000'000'000, 0, 0, 0}, 1)};
  made.views = 1000;
  EXPECT_EQ(made.rpm_micro(kEur), 9'000'000'000'000'000'000);
}

TEST(ArticlesReport, TheTotalKnowsOnlyWhatArticlesKnow) {
  const ArticlesReport report = sample();
  EXPECT_EQ(report.total.views, 200);
  EXPECT_EQ(report.total.viewed_clicks, 19);
  EXPECT_EQ(report.total.rpm_micro(kEur), 15'000'005);
  EXPECT_FALSE(report.unattributed.views);
}

TEST(ArticlesReport, EpcIsWithinHalfAMicroUnit) {
  EXPECT_TRUE(rc::check([](std::int64_t earned) {
    const auto clicks = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const ArticleRow made = row(1, "/a", clicks, {});
    const std::int64_t epc = *made.epc_micro(line(kEur, {earned, 0, 0, 0}, 1));
    __extension__ using Wide = __int128;
    const Wide off = Wide{earned} - Wide{epc} * clicks;
    RC_ASSERT(2 * (off < 0 ? -off : off) <= clicks);
  }));
}

// The three goldens below hold the same numbers; whoever changes one changes all.
TEST(ArticlesReport, CsvHoldsOneLinePerArticleAndCurrency) {
  EXPECT_EQ(to_csv(sample()),
            "path,title,clicks,gross_clicks,disclosure,currency,pending,approved,reversed,paid,"
            "earned,orders,epc,views,ctr,rpm\r\n"
            "/best-blenders,\"Title, with comma\",24,29,passed,EUR,1.00,100.00,0.00,2.999,103.999,"
            "8,4.333292,200,0.095000,15.000005\r\n"
            "/käse,\"Title, with comma\",3,8,passed,EUR,62.50,0.00,2.00,0.00,62.50,1,20.833333,"
            "n/a,n/a,n/a\r\n"
            "/käse,\"Title, with comma\",3,8,passed,USD,0.00,8.10,0.00,0.00,8.10,2,2.70,"
            "n/a,n/a,n/a\r\n"
            "/=quiet,\"Title, with comma\",4,9,,,,,,,,,,n/a,n/a,n/a\r\n"
            "(unattributed),,0,2,,USD,0.00,-4.05,0.00,0.00,-4.05,-1,,"
            "n/a,n/a,n/a\r\n"
            "(total),,31,48,,EUR,63.50,100.00,2.00,2.999,166.499,9,5.370935,200,"
            "0.095000,15.000005\r\n"
            "(total),,31,48,,USD,0.00,4.05,0.00,0.00,4.05,1,0.130645,200,"
            "0.095000,0.00\r\n");
}

TEST(ArticlesReport, TableIsAlignedInColumnsAndNotBytes) {
  EXPECT_EQ(to_table(sample()),
            R"golden(Revenue per article, 2026-10-26 to 2026-11-24 (Europe/Berlin)

Article         Clicks  Gross  Views   CTR  Orders  Pending  Approved  Reversed   Paid   Earned        EPC        RPM  Currency  Disclosure
-------------------------------------------------------------------------------------------------------------------------------------------
/best-blenders      24     29    200  9.5%       8     1.00    100.00      0.00  2.999  103.999   4.333292  15.000005  EUR       passed
/käse                3      8    n/a   n/a       1    62.50      0.00      2.00   0.00    62.50  20.833333        n/a  EUR       passed
                                                 2     0.00      8.10      0.00   0.00     8.10       2.70        n/a  USD
/=quiet              4      9    n/a   n/a       -        -         -         -      -        -          -        n/a
-------------------------------------------------------------------------------------------------------------------------------------------
(unattributed)       0      2    n/a   n/a      -1     0.00     -4.05      0.00   0.00    -4.05        n/a        n/a  USD
(total)             31     48    200  9.5%       9    63.50    100.00      2.00  2.999  166.499   5.370935  15.000005  EUR
                                                 1     0.00      4.05      0.00   0.00     4.05   0.130645       0.00  USD

Clicks: human, not repeated. Gross: all clicks. Earned = pending + approved + paid. EPC = earned per click.
Views: by people, told by the pages. CTR = clicks per view. RPM = earned per 1,000 views.
Attributed + unattributed = imported, exactly.
)golden");
}

TEST(ArticlesReport, JsonHoldsMicroUnits) {
  std::string golden =
      R"golden({"schema":"candor.report.articles/1","from":"2026-10-26","to":"2026-11-24","zone":"Europe/Berlin",
"as_of":null,"demo":false,"balanced":true,"data":[
{"article_id":3,"path":"/best-blenders","title":"Title, with comma","clicks":24,"gross_clicks":29,
"disclosure":"passed","revenue":[
{"currency":"EUR","pending_micro":1000000,"approved_micro":100000000,"reversed_micro":0,
"paid_micro":2999000,"earned_micro":103999000,"orders":8,"epc_micro":4333292}],
"views":200,"ctr_micro":95000,"rpm":[{"currency":"EUR","rpm_micro":15000005}]},
{"article_id":2,"path":"/käse","title":"Title, with comma","clicks":3,"gross_clicks":8,
"disclosure":"passed","revenue":[
{"currency":"EUR","pending_micro":62500000,"approved_micro":0,"reversed_micro":2000000,
"paid_micro":0,"earned_micro":62500000,"orders":1,"epc_micro":20833333},
{"currency":"USD","pending_micro":0,"approved_micro":8100000,"reversed_micro":0,
"paid_micro":0,"earned_micro":8100000,"orders":2,"epc_micro":2700000}],"views":null,"ctr_micro":null,"rpm":[]},
{"article_id":1,"path":"/=quiet","title":"Title, with comma","clicks":4,"gross_clicks":9,
"disclosure":"","revenue":[],"views":null,"ctr_micro":null,"rpm":[]}],
"unattributed":{"article_id":null,"path":"(unattributed)","title":"","clicks":0,"gross_clicks":2,
"disclosure":"","revenue":[
{"currency":"USD","pending_micro":0,"approved_micro":-4050000,"reversed_micro":0,
"paid_micro":0,"earned_micro":-4050000,"orders":-1,"epc_micro":null}],"views":null,"ctr_micro":null,"rpm":[]},
"total":{"article_id":null,"path":"(total)","title":"","clicks":31,"gross_clicks":48,
"disclosure":"","revenue":[
{"currency":"EUR","pending_micro":63500000,"approved_micro":100000000,"reversed_micro":2000000,
"paid_micro":2999000,"earned_micro":166499000,"orders":9,"epc_micro":5370935},
{"currency":"USD","pending_micro":0,"approved_micro":4050000,"reversed_micro":0,
"paid_micro":0,"earned_micro":4050000,"orders":1,"epc_micro":130645}],"views":200,"ctr_micro":95000,
"rpm":[{"currency":"EUR","rpm_micro":15000005},{"currency":"USD","rpm_micro":0}]},
"imported":[
{"currency":"EUR","pending_micro":63500000,"approved_micro":100000000,"reversed_micro":2000000,
"paid_micro":2999000,"earned_micro":166499000,"orders":9},
{"currency":"USD","pending_micro":0,"approved_micro":4050000,"reversed_micro":0,
"paid_micro":0,"earned_micro":4050000,"orders":1}],"ledger":[]})golden";
  std::erase(golden, '\n');
  EXPECT_EQ(to_json(sample()), golden);
}

TEST(ArticlesReport, EveryFormatHoldsTheSameNumbers) {
  const ArticlesReport report = sample();
  const std::string csv = to_csv(report);
  const std::string table = to_table(report);
  const auto json = nlohmann::json::parse(to_json(report));
  auto rows = json.at("data");
  rows.push_back(json.at("unattributed"));
  rows.push_back(json.at("total"));
  for (const auto& row : rows) {
    for (const auto& each : row.at("revenue")) {
      const Currency currency = find_currency(each.at("currency").get<std::string>()).value();
      const auto amount = [&](const char* key) {
        return format_amount(each.at(key).get<std::int64_t>(), currency);
      };
      const std::string fields = std::string(currency.text()) + ',' + amount("pending_micro") +
                                 ',' + amount("approved_micro") + ',' + amount("reversed_micro") +
                                 ',' + amount("paid_micro") + ',' + amount("earned_micro") + ',' +
                                 std::to_string(each.at("orders").get<int>()) + ',' +
                                 (each.at("epc_micro").is_null() ? "" : amount("epc_micro"));
      EXPECT_NE(csv.find(fields), std::string::npos) << fields;
      EXPECT_NE(table.find(amount("earned_micro") + "  "), std::string::npos);
    }
  }
}

TEST(ArticlesReport, DemoNumbersAndHostilePathsAreMarked) {
  ArticlesReport report = sample();
  report.demo = true;
  report.rows[0].path = "=HYPERLINK(1)\x1B[2J";
  EXPECT_NE(to_table(report).find("DEMO DATA"), std::string::npos);
  EXPECT_EQ(to_table(report).find('\x1B'), std::string::npos);
  EXPECT_NE(to_csv(report).find("\n'=HYPERLINK"), std::string::npos);
  EXPECT_NE(to_json(report).find("\"demo\":true"), std::string::npos);
}

}  // namespace
}  // namespace candor::report
