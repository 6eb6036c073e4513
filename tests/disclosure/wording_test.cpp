#include "disclosure/wording/wording.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/required_statements.h"

namespace candor::disclosure {
namespace {

std::string says(std::string_view text) {
  const Wording wording = classify(text);
  return name_of(wording) + " " + name_of_hedges(wording);
}

TEST(Wording, ClassifiesTheFixturePhrases) {
  std::ifstream file(CANDOR_SOURCE_DIR "/tests/fixtures/disclosure/wording_fixtures.tsv");
  ASSERT_TRUE(file);
  std::string line;
  std::getline(file, line);
  int checked = 0;
  while (std::getline(file, line)) {
    std::istringstream columns(line);
    std::string language, text, name, hedges;
    std::getline(columns, language, '\t');
    std::getline(columns, text, '\t');
    std::getline(columns, name, '\t');
    std::getline(columns, hedges, '\t');
    EXPECT_EQ(says(text), name + " " + hedges) << text;
    ++checked;
  }
  EXPECT_GE(checked, 20);
}

TEST(Wording, KeepsEverydayCommissionsApart) {
  EXPECT_EQ(says("The planning commission earned praise; affiliate stations covered it."),
            "NONE -");
  EXPECT_EQ(says("The European Commission paid us a visit."), "NONE -");
  EXPECT_EQ(says("You pay no extra. The recipe may contain nuts."), "NONE -");
  EXPECT_EQ(says("Add the butter, but not all of it."), "NONE -");
  EXPECT_EQ(says("Ad blockers are popular."), "NONE -");
}

TEST(Wording, ReadsHedgesOnlyWhereTheyAreAboutThePay) {
  EXPECT_EQ(says("This post may contain affiliate links."), "BARE H1");
  EXPECT_EQ(says("We may earn a commission if you buy through links on this page."), "EXPLAIN H2");
  EXPECT_EQ(says("We earn a commission when you buy through links on this page. The soup may "
                 "contain nuts."),
            "EXPLAIN -");
  EXPECT_EQ(says("Many outgoing links on Gear.com are affiliate links. If you purchase something I "
                 "receive a small percentage of the sale."),
            "EXPLAIN H3");
}

TEST(Wording, KnowsAmazonsSentences) {
  EXPECT_EQ(says("As an Amazon Associate I earn from qualifying purchases."), "AMAZON -");
  EXPECT_EQ(says("As an Amazon Associate we earn from qualifying purchases"), "AMAZON-VARIANT -");
  EXPECT_EQ(says("HDC Media is a participant in the Amazon Services LLC Associates Program, an "
                 "affiliate advertising program designed to provide a means for sites to earn "
                 "advertising fees by advertising and linking to Amazon.com."),
            "AMAZON-LEGACY -");
  EXPECT_FALSE(classify("As an Amazon customer I earn points.").amazon_statement());
}

TEST(Wording, DenialsDoNotHideAnExplanationBehindBut) {
  const Wording wording = classify(
      "We do not accept payment for reviews, but we earn a commission when you buy through links.");
  EXPECT_TRUE(wording.has(Says::Negation));
  EXPECT_TRUE(wording.has(Says::Explain));
  EXPECT_TRUE(classify("This site is free of advertising and we receive no compensation.")
                  .has(Says::Negation));
}

TEST(Wording, AdFreeSubscriptionsAreNoDenial) {
  EXPECT_EQ(says("Jetzt werbefrei lesen"), "NONE -");
  EXPECT_EQ(says("Go ad-free and join the movement"), "NONE -");
  EXPECT_EQ(says("We show no ads."), "NEG -");
}

TEST(Wording, BannerWordsAreToldFromLabels) {
  EXPECT_TRUE(classify("Anzeige").has(Says::AdWordAlone));
  EXPECT_FALSE(classify("Anzeige: Wir erhalten Geld.").has(Says::AdWordAlone));
  EXPECT_TRUE(classify("Ad: Kettles").has(Says::AdLabel));
}

TEST(Wording, OurOwnTemplatesExplainWithoutHedging) {
  for (const std::string& locale : template_locales()) {
    const Template& text = *find_template(locale);
    for (const std::string& each : {text.top, text.top_all}) {
      const Wording wording = classify(with_site(each, "Gear Shed"));
      EXPECT_TRUE(wording.has(Says::Explain)) << locale << ": " << each;
      EXPECT_EQ(name_of_hedges(wording), "-") << locale << ": " << each;
      EXPECT_FALSE(wording.has(Says::Negation)) << locale << ": " << each;
      EXPECT_TRUE(classify(with_site(each, Policy{}, locale)).has(Says::Explain)) << locale;
    }
  }
  for (const RequiredStatement& each : required_statements()) {
    if (each.network != "amazon") continue;
    EXPECT_TRUE(classify(with_site(each.text, "Gear Shed")).amazon_statement()) << each.key;
  }
}

TEST(Wording, ASiteWithoutANameSpeaksOfItselfInTheTextsLanguage) {
  EXPECT_EQ(with_site("Ad. {site} is paid.", Policy{}, "en-GB"), "Ad. This site is paid.");
  EXPECT_EQ(with_site("Anzeige: {site} wird bezahlt.", Policy{}, "de"),
            "Anzeige: diese Website wird bezahlt.");
  EXPECT_EQ(with_site("{site}は", Policy{}, "ja"), "当サイトは");
  Policy named;
  named.site_name = "iShop";
  EXPECT_EQ(with_site("{site} is paid.", named, "en-US"), "iShop is paid.");
}

}  // namespace
}  // namespace candor::disclosure
