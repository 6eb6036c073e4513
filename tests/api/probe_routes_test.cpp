#include "api/api_house.h"

namespace candor::api {
namespace {

class ProbeRoutesTest : public ApiTest {};

TEST_F(ProbeRoutesTest, OwnerReadsWhatArrivedOfATestRequest) {
  ProbeBook book;
  house_.site.probes = &book;
  const Asked opened = owner("POST", "/api/v1/probes");
  ASSERT_EQ(opened.status, 201);
  const std::string key = opened.body.at("key");
  EXPECT_EQ(opened.body.at("header"), "X-Candor-Probe");
  EXPECT_EQ(get("/api/v1/probes/" + key).body.at("data"), json::array());
  ProbeSighting sighting;
  sighting.client = "192.0.2.1";
  sighting.scheme = "https";
  ASSERT_EQ(book.note(key, sighting, house_.clock.now()), 1u);
  const json seen = get("/api/v1/probes/" + key).body.at("data").at(0);
  EXPECT_EQ(seen.at("client"), "192.0.2.1");
  EXPECT_EQ(seen.at("scheme"), "https");
  EXPECT_EQ(seen.at("forwarded"), false);
  EXPECT_EQ(get("/api/v1/probes/" + std::string(32, '0')).status, 404);
}

TEST_F(ProbeRoutesTest, OnlyTheOwnerMayProbe) {
  ProbeBook book;
  house_.site.probes = &book;
  EXPECT_EQ(browser("POST", "/api/v1/probes").status, 401);
  EXPECT_FALSE(book.any_open());
}

TEST_F(ProbeRoutesTest, WithoutARedirectFrontThereIsNothingToProbe) {
  EXPECT_EQ(owner("POST", "/api/v1/probes").status, 409);
}

}  // namespace
}  // namespace candor::api
