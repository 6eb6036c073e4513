// Networks that tell of commissions by themselves.
#include <openssl/evp.h>
#include <sodium.h>

#include "api/api_house.h"
#include "link/url.h"

namespace candor::api {
namespace {

constexpr const char* kSale =
    "&id=t1&date=2026-11-06T10:00:00Z&commission=3.14&currency=EUR&status=pending";

class PostbackTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  std::string token(const std::string& scope = "postback", const std::string& name = "net") {
    return owner("POST", "/api/v1/tokens", json({{"name", name}, {"scope", scope}}).dump())
        .body.at("token");
  }
  /// As a network's server asks.
  Asked tell(std::string_view method, const std::string& target, std::string body = {},
             http::HeaderList headers = {}) {
    http::Request request = request_for(method, target, std::move(body));
    request.headers = std::move(headers);
    request.peer = "198.51.100.7";
    return ask(request, {});
  }
  std::vector<store::CommissionState> known() { return house_.store->list_commissions(99); }
};

TEST_F(PostbackTest, AToldCommissionIsAnImportThatCanBeTakenBack) {
  const std::string address = "/postback/acme?token=" + token() + "&account=9" + kSale;
  const Asked asked = tell("GET", address);
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.body.at("repeated"), false);
  ASSERT_EQ(known().size(), 1u);
  EXPECT_EQ(known().front().network, "acme");
  EXPECT_EQ(known().front().row.account, "9");
  EXPECT_EQ(known().front().row.commission_micro, 3'140'000);
  EXPECT_TRUE(known().front().match.has_value()) << "credited at once";
  const json imports = get("/api/v1/revenue/imports?kind=postback").body.at("data");
  ASSERT_EQ(imports.size(), 1u);
  EXPECT_EQ(imports.at(0).at("report"), "postback");
  EXPECT_EQ(get("/api/v1/revenue/check").body.at("balanced"), true);
  const std::string id = std::to_string(imports.at(0).at("id").get<int>());
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports/" + id + "/undo").status, 200);
  EXPECT_TRUE(known().empty());
  EXPECT_EQ(tell("GET", address).body.at("repeated"), false) << "it may come again";
  EXPECT_EQ(known().size(), 1u);
}

TEST_F(PostbackTest, ToldAgainItChangesNothingAndANewStatusDoes) {
  const std::string with = "?token=" + token();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(tell("GET", "/postback/acme" + with + kSale).status, 200);
  // The same in other words, by another way.
  const Asked again = tell(
      "POST", "/postback/acme" + with,
      R"({"id": "t1", "date": "2026-11-06 10:00:00", "commission": "3.140", "currency": "eur"})");
  EXPECT_EQ(again.body.at("repeated"), true) << again.body;
  EXPECT_EQ(house_.store->list_imports(99).size(), 1u);
  const Asked approved = tell("POST", "/postback/acme" + with,
                              "id=t1&date=2026-11-06T10%3A00%3A00Z&commission=3.14&currency=EUR&"
                              "status=approved",
                              {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(approved.body.at("repeated"), false) << approved.body;
  ASSERT_EQ(known().size(), 1u);
  EXPECT_EQ(known().front().row.status, CommissionStatus::Approved);
  EXPECT_EQ(house_.store->list_history(known().front().id).size(), 2u);
}

TEST_F(PostbackTest, WhatComesLateOnceMoreUndoesNothing) {
  const std::string with = "/postback/acme?token=" + token() +
                           "&id=t1&date=2026-11-06T10:00:00Z&commission=3.14&currency=EUR";
  const auto told = [&](const std::string& status) {
    const Asked asked = tell("GET", with + "&status=" + status);
    EXPECT_EQ(asked.status, 200) << asked.body;
    return asked.body.at("repeated") == true;
  };
  const auto stands = [&] { return known().at(0).row.status; };
  EXPECT_FALSE(told("pending"));
  EXPECT_FALSE(told("approved"));
  EXPECT_TRUE(told("pending")) << "sent once more, because its answer was lost";
  EXPECT_EQ(stands(), CommissionStatus::Approved);
  EXPECT_FALSE(told("reversed"));
  EXPECT_TRUE(told("approved"));
  EXPECT_EQ(stands(), CommissionStatus::Reversed);
  EXPECT_FALSE(told("approved&posted_date=2026-11-20T10:00:00Z")) << "dated, it is news";
  EXPECT_EQ(stands(), CommissionStatus::Approved);
  EXPECT_EQ(house_.store->list_imports(99).size(), 4u);
}

TEST_F(PostbackTest, ADayWithoutATimeIsTheSitesDay) {
  house_.zone = rollup::SiteZone::find("America/New_York").value();
  tell("GET",
       "/postback/acme?token=" + token() + "&id=t1&date=2026-11-06&commission=1&currency=USD");
  ASSERT_EQ(known().size(), 1u);
  EXPECT_EQ(known().front().row.event_at_ms, 1'793'941'200'000) << "05:00 UTC";
}

TEST_F(PostbackTest, AwinsFormHoldsItsJson) {
  const json told{{"transactionId", "244231459"},
                  {"transactionDate", "2026-11-06 18:35:28"},
                  {"transactionAmount", "33.7"},
                  {"commission", "0.67"},
                  {"transactionCurrency", "GBP"},
                  {"clickRef", "spring"},
                  {"commissionGroups", {{{"id", "15250"}, {"code", "DEFAULT"}}}},
                  {"products", json::array()}};
  const std::string target = "/postback/awin?token=" + token();
  const Asked form = tell("POST", target, "AwinTransactionPush=" + percent_encode(told.dump()));
  ASSERT_EQ(form.status, 200) << form.body;
  EXPECT_EQ(tell("POST", target, told.dump()).body.at("repeated"), true);
  ASSERT_EQ(known().size(), 1u);
  EXPECT_EQ(known().front().row.sub_id, "spring");
  EXPECT_EQ(known().front().row.currency.text(), "GBP");
}

TEST_F(PostbackTest, OnlyItsOwnKindOfTokenOpens) {
  const std::string good = token();
  const auto status = [&](const std::string& query) {
    return tell("GET", "/postback/acme?" + query + kSale).status;
  };
  EXPECT_EQ(status("x=1"), 401);
  EXPECT_EQ(status("token=cnd_guessed"), 401);
  EXPECT_EQ(status("token=" + token("revenue", "other")), 403);
  EXPECT_EQ(status("token=" + token("admin", "all")), 403);
  EXPECT_TRUE(known().empty());
  EXPECT_EQ(tell("GET", std::string("/postback/acme?x=1") + kSale, {},
                 {{"Authorization", "Bearer " + good}})
                .status,
            200);
  EXPECT_EQ(program(good, "GET", "/api/v1/links").status, 403);
  EXPECT_EQ(program(good, "GET", "/api/v1/revenue/imports").status, 403);
  EXPECT_EQ(
      owner("POST", "/api/v1/tokens", json({{"name", "two"}, {"scope", "postback revenue"}}).dump())
          .body.at("field"),
      "scope");
  EXPECT_EQ(owner("DELETE", "/api/v1/tokens/net").status, 200);
  EXPECT_EQ(status("token=" + good), 401);
}

TEST_F(PostbackTest, BadInputIsRefusedWholeAndNamesItsParameter) {
  const std::string with = "?token=" + token();
  const auto field = [&](const std::string& query) {
    const Asked asked = tell("GET", "/postback/acme" + with + query);
    EXPECT_EQ(asked.status, 422) << asked.body;
    return asked.body.value("field", "");
  };
  EXPECT_EQ(field(""), "id");
  EXPECT_EQ(field("&id=1"), "date");
  EXPECT_EQ(field("&id=1&date=soon"), "date");
  EXPECT_EQ(field("&id=1&date=2026-11-06&commission=%7Bpayout%7D"), "commission");
  EXPECT_EQ(field("&id=1&date=2026-11-06&commission=1"), "currency");
  EXPECT_EQ(tell("POST", "/postback/acme" + with, "{\"id\": ").body.at("field"), "body");
  EXPECT_EQ(tell("GET", "/postback/Two%20Words" + with + kSale).status, 404);
  EXPECT_EQ(tell("HEAD", "/postback/acme" + with + kSale).status, 200);
  EXPECT_TRUE(known().empty());
  EXPECT_TRUE(house_.store->list_imports(9).empty());
}

TEST_F(PostbackTest, TheTokenIsMetNowhereAgain) {
  const std::string secret = token();
  tell("GET", "/postback/acme?token=" + secret + kSale);
  tell("GET", "/postback/acme?token=" + secret + "&id=1");
  std::string all = get("/api/v1/log").response.body;
  all += get("/api/v1/revenue/imports").response.body;
  all += tell("GET", "/postback/acme?token=" + secret).response.body;
  all += tell("GET", "/postback/acme?token=" + secret + "x" + kSale).response.body;
  EXPECT_EQ(all.find(secret), std::string::npos);
}

TEST_F(PostbackTest, TooManyAreToldToWait) {
  const std::string target = "/postback/acme?token=" + token();
  Asked asked;
  for (int i = 0; i < 3001 && asked.status != 429; ++i) asked = tell("HEAD", target);
  EXPECT_EQ(asked.status, 429);
  EXPECT_FALSE(asked.header("Retry-After").empty());
}

TEST_F(PostbackTest, WhileTheNightRunsAPostbackIsTakenAndCreditedLater) {
  const std::string target = "/postback/acme?token=" + token() + kSale;
  const std::scoped_lock lock(house_.nightly_mutex);
  EXPECT_EQ(tell("GET", target).status, 200);
  EXPECT_FALSE(known().front().match.has_value());
}

std::string base64(const std::string& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

/// As ClickBank seals it.
std::string seal(const std::string& plain, const std::string& secret) {
  const auto bytes = [](const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(secret.data(), secret.size(), hash, &size, EVP_sha1(), nullptr);
  std::string key(2 * size + 1, '\0');
  sodium_bin2hex(key.data(), key.size(), hash, size);
  const std::string iv = "0123456789abcdef";
  std::string sealed(plain.size() + 32, '\0');
  int length = 0;
  int rest = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, bytes(key), bytes(iv));
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  EVP_EncryptUpdate(context, out, &length, bytes(plain), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(context, out + length, &rest);
  EVP_CIPHER_CTX_free(context);
  sealed.resize(static_cast<std::size_t>(length + rest));
  return json({{"notification", base64(sealed)}, {"iv", base64(iv)}}).dump();
}

TEST_F(PostbackTest, ClickBanksNotificationIsOpenedWithTheOwnersSecret) {
  const json told{{"transactionTime", "2026-11-06T13:47:51-06:00"},
                  {"receipt", "ABC12345"},
                  {"transactionType", "SALE"},
                  {"vendor", "acme"},
                  {"totalAccountAmount", 21.5},
                  {"currency", "USD"},
                  {"trackingCodes", {"kettle"}},
                  {"lineItems", {{{"itemNo", "1"}, {"accountAmount", 21.5}}}}};
  const std::string target = "/postback/clickbank?token=" + token();
  EXPECT_EQ(tell("POST", target, seal(told.dump(), "KEY")).status, 503) << "no secret is set";
  house_.site.networks.clickbank_secret = "KEY";
  const Asked asked = tell("POST", target, seal(told.dump(), "KEY"));
  ASSERT_EQ(asked.status, 200) << asked.body;
  ASSERT_EQ(known().size(), 1u);
  EXPECT_EQ(known().front().row.identity, "ABC12345/SALE/1");
  EXPECT_EQ(known().front().row.sub_id, "kettle");
  EXPECT_EQ(known().front().row.commission_micro, 21'500'000);
  EXPECT_EQ(tell("POST", target, seal(told.dump(), "OTHER")).status, 422);
  EXPECT_EQ(tell("POST", target, told.dump()).status, 422);
  json test = told;
  test["transactionType"] = "TEST";
  EXPECT_EQ(tell("POST", target, seal(test.dump(), "KEY")).body.at("taken"), false);
}

}  // namespace
}  // namespace candor::api
