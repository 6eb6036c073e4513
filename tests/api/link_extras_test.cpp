// One link's QR code and history, edits of many links at once, and changes that are only looked at.
#include "api/api_house.h"
#include "api/qr_code.h"

namespace candor::api {
namespace {

class LinkExtrasTest : public ApiTest {
 protected:
  void SetUp() override {
    for (const char* slug : {"kettle", "pot"})
      ASSERT_EQ(owner("POST", "/api/v1/links", link(slug).dump()).status, 201);
  }
  static json link(const std::string& slug) {
    return {{"slug", slug}, {"destination", "https://shop.example/" + slug}};
  }
  json stored(const std::string& slug) { return get("/api/v1/links/" + slug).body; }
  Asked edit_many(const json& edits) {
    return owner("PATCH", "/api/v1/links", json{{"edits", edits}}.dump());
  }
};

TEST_F(LinkExtrasTest, QrCodeIsAnSvgOfTheLinksAddress) {
  const Asked asked = get("/api/v1/links/kettle/qr");
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.header("Content-Type"), "image/svg+xml");
  EXPECT_EQ(asked.response.body,
            *qr_svg("https://site.example/go/kettle", "https://site.example/go/kettle"));
  EXPECT_THAT(asked.response.body,
              testing::HasSubstr("<title>https://site.example/go/kettle</title>"));
  EXPECT_EQ(get("/api/v1/links/none/qr").status, 404);
}

TEST_F(LinkExtrasTest, QrCodeEscapesItsTitleAndRefusesWhatItCannotHold) {
  EXPECT_THAT(*qr_svg("x", "<a & \"b\">"),
              testing::HasSubstr("<title>&lt;a &amp; &quot;b&quot;&gt;</title>"));
  EXPECT_EQ(qr_svg(std::string(2332, 'x'), "x"), std::nullopt);
  // Version 1 has 21 modules, and four of quiet on each side.
  EXPECT_THAT(*qr_svg("HI", "x"), testing::HasSubstr("viewBox=\"0 0 29 29\""));
}

TEST_F(LinkExtrasTest, HistoryFollowsALinkThroughItsNames) {
  owner("PATCH", "/api/v1/links/kettle", json{{"title", "Old"}}.dump());
  owner("PATCH", "/api/v1/links/kettle", json{{"slug", "best"}}.dump());
  owner("PATCH", "/api/v1/links/pot", json{{"slug", "kettle"}}.dump());
  owner("PATCH", "/api/v1/links/best", json{{"title", "New"}}.dump());
  edit_many({{{"slug", "best"}, {"set", {{"merchant", "Shop"}}}},
             {{"slug", "kettle"}, {"set", {{"merchant", "Shop"}}}}});
  const json data = get("/api/v1/links/best/history").body.at("data");
  ASSERT_EQ(data.size(), 5u) << data;
  EXPECT_EQ(data[0].at("changes").at("merchant").at("to"), "Shop");
  EXPECT_EQ(data[1].at("changes").at("title"), (json{{"from", "Old"}, {"to", "New"}}));
  EXPECT_EQ(data[2].at("changes").at("slug").at("from"), "kettle");
  EXPECT_EQ(data[3].at("changes").at("title").at("to"), "Old");
  EXPECT_EQ(data[4].at("what"), "Add");
  EXPECT_EQ(get("/api/v1/links/kettle/history").body.at("data").size(), 3u) << "the pot's own";
}

TEST_F(LinkExtrasTest, ALinkOfTheSameNameBeforeIsNotItsHistory) {
  owner("DELETE", "/api/v1/links/kettle");
  owner("POST", "/api/v1/links", link("kettle").dump());
  EXPECT_EQ(get("/api/v1/links/kettle/history").body.at("data").size(), 1u);
}

TEST_F(LinkExtrasTest, ManyLinksAreEditedAndTheAnswerUndoesIt) {
  const json before = stored("kettle");
  const Asked edited =
      edit_many({{{"slug", "kettle"}, {"set", {{"state", "disabled"}, {"merchant", "M"}}}},
                 {{"slug", "pot"}, {"set", {{"merchant", "M"}}}}});
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(stored("kettle").at("state"), "disabled");
  EXPECT_EQ(stored("pot").at("merchant"), "M");
  const Asked undone = edit_many(edited.body.at("undo"));
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(stored("kettle").at("state"), "active");
  EXPECT_EQ(stored("kettle").at("merchant"), before.at("merchant"));
  EXPECT_EQ(stored("pot").at("merchant"), "");
}

TEST_F(LinkExtrasTest, OneBadEditKeepsAllFromBeingMade) {
  const json good{{"slug", "kettle"}, {"set", {{"merchant", "M"}}}};
  const std::vector<std::pair<json, std::pair<int, std::string>>> bad{
      {{{"slug", "none"}, {"set", json::object()}}, {404, "edits[1].slug"}},
      {{{"slug", "pot"}, {"set", {{"slug", "x"}}}}, {422, "edits[1].set.slug"}},
      {{{"slug", "pot"}, {"set", {{"destination", "nonsense"}}}}, {422, "edits[1].destination"}},
      {{{"slug", "pot"}, {"version", "old"}, {"set", {{"title", "x"}}}}, {412, "edits[1].version"}},
      {good, {422, "edits[1].slug"}},
      {json("x"), {422, "edits[1]"}},
  };
  for (const auto& [edit, wanted] : bad) {
    const Asked asked = edit_many({good, edit});
    EXPECT_EQ(asked.status, wanted.first) << edit;
    EXPECT_EQ(asked.body.value("field", ""), wanted.second) << edit;
  }
  EXPECT_EQ(stored("kettle").at("merchant"), "");
  EXPECT_EQ(edit_many(json::array()).status, 422);
}

TEST_F(LinkExtrasTest, FromADashboardEachEditNamesTheVersionThatWasSeen) {
  const std::string token = session();
  const auto ask_for = [&](const json& edit) {
    return browser("PATCH", "/api/v1/links", json{{"edits", {edit}}}.dump(), token).status;
  };
  const json set{{"merchant", "M"}};
  EXPECT_EQ(ask_for({{"slug", "kettle"}, {"set", set}}), 428);
  EXPECT_EQ(
      ask_for({{"slug", "kettle"}, {"version", stored("kettle").at("version")}, {"set", set}}),
      200);
}

TEST_F(LinkExtrasTest, DryRunFindsTheSameFaultsAndStoresNothing) {
  EXPECT_EQ(owner("POST", "/api/v1/links?dry_run=true", link("new").dump()).status, 200);
  EXPECT_EQ(get("/api/v1/links/new").status, 404);
  EXPECT_EQ(owner("POST", "/api/v1/links?dry_run=true", link("pot").dump()).status, 409);
  EXPECT_EQ(owner("POST", "/api/v1/links?dry_run=yes", link("new").dump()).status, 422);
  const json before = stored("kettle");
  const Asked permanent = owner("PATCH", "/api/v1/links/kettle?dry_run=true",
                                json{{"code", 301}, {"title", "x"}}.dump());
  EXPECT_EQ(permanent.status, 200);
  EXPECT_EQ(permanent.body.at("warnings").size(), 1u) << "what the owner should know of it";
  EXPECT_EQ(
      owner("PATCH", "/api/v1/links/kettle?dry_run=true", json{{"slug", "pot"}}.dump()).status,
      409);
  EXPECT_EQ(stored("kettle"), before);
  EXPECT_EQ(get("/api/v1/log").body.at("data").size(), 2u) << "only the two that were added";
}

TEST_F(LinkExtrasTest, ADraftIsTriedOutWithoutBeingStored) {
  const json before = stored("kettle");
  const json draft{{"rules", {{{"country", {"DE"}}, {"destination", "https://shop.example/de"}}}}};
  const auto location = [&](const json& body) {
    return owner("POST", "/api/v1/links/kettle/test", body.dump()).body.value("location", "");
  };
  EXPECT_EQ(location({{"country", "DE"}, {"link", draft}}), "https://shop.example/de");
  EXPECT_EQ(location({{"country", "FR"}, {"link", draft}}), "https://shop.example/kettle");
  EXPECT_EQ(location({{"country", "DE"}}), "https://shop.example/kettle");
  EXPECT_EQ(stored("kettle"), before);
  const Asked bad = owner("POST", "/api/v1/links/kettle/test",
                          json{{"link", {{"rules", {{{"country", {"X"}}}}}}}}.dump());
  EXPECT_EQ(bad.status, 422);
  EXPECT_EQ(bad.body.at("field"), "rules[0].country[0]");
  EXPECT_EQ(
      owner("POST", "/api/v1/links/kettle/test", json{{"link", {{"nonsense", 1}}}}.dump()).status,
      422);
}

}  // namespace
}  // namespace candor::api
