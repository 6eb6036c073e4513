#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using store::Role;
constexpr store::UserId kFirst{1};

TEST_P(StoreContract, TheFirstUserIsAnOwnerAndThePasswordHashIsReplaced) {
  const store::User first = store().find_user("owner").value();
  EXPECT_EQ(first.id, kFirst);
  EXPECT_EQ(first.role, Role::Owner);
  EXPECT_EQ(first.password_hash, "");
  store().set_password_hash(kFirst, "$argon2id$one");
  store().set_password_hash(kFirst, "$argon2id$two");
  reopen();
  EXPECT_EQ(store().find_user(kFirst)->password_hash, "$argon2id$two");
}

TEST_P(StoreContract, UsersHaveNamesAndRolesAndOneOwnerStays) {
  const store::User anna = store().add_user("anna", Role::Viewer, 100).value();
  EXPECT_FALSE(store().add_user("anna", Role::Owner, 200));
  EXPECT_EQ(store().find_user("anna")->role, Role::Viewer);
  EXPECT_FALSE(store().set_role(kFirst, Role::Editor)) << "the last owner";
  EXPECT_FALSE(store().remove_user(kFirst));
  EXPECT_TRUE(store().set_role(anna.id, Role::Owner));
  EXPECT_TRUE(store().set_role(kFirst, Role::Editor));
  reopen();
  EXPECT_EQ(store().find_user(kFirst)->role, Role::Editor);
  ASSERT_EQ(store().list_users().size(), 2u);
  EXPECT_EQ(store().list_users()[0].name, "anna");
  EXPECT_EQ(store().list_users()[0].created_at_ms, 100);
  EXPECT_TRUE(store().remove_user(kFirst));
  EXPECT_FALSE(store().find_user(kFirst));
}

TEST_P(StoreContract, ARemovedUserTakesSessionsLinksAndCodesAlong) {
  const store::UserId anna = store().add_user("anna", Role::Editor, 100)->id;
  store().add_session({.token_hash = "a", .user = anna, .created_at_ms = 1, .seen_at_ms = 1});
  store().add_session({.token_hash = "o", .user = kFirst, .created_at_ms = 1, .seen_at_ms = 1});
  store().add_one_time_token({.token_hash = "l", .user = anna, .expires_at_ms = 900});
  store().set_recovery_codes(anna, {"c"});
  EXPECT_TRUE(store().remove_user(anna));
  EXPECT_FALSE(store().find_session("a"));
  EXPECT_TRUE(store().find_session("o"));
  EXPECT_FALSE(store().find_one_time_token("l"));
  EXPECT_EQ(store().count_recovery_codes(anna), 0u);
}

TEST_P(StoreContract, AStepOfAnAuthenticatorIsUsedOnceAndOnlyForward) {
  store().set_totp(kFirst, "SECRET", "PENDING");
  EXPECT_TRUE(store().use_totp_step(kFirst, 50));
  EXPECT_FALSE(store().use_totp_step(kFirst, 50));
  EXPECT_FALSE(store().use_totp_step(kFirst, 49));
  EXPECT_TRUE(store().use_totp_step(kFirst, 51));
  reopen();
  EXPECT_EQ(store().find_user(kFirst)->totp_secret, "SECRET");
  EXPECT_EQ(store().find_user(kFirst)->totp_pending, "PENDING");
  EXPECT_EQ(store().find_user(kFirst)->totp_step, 51);
}

TEST_P(StoreContract, RecoveryCodesAreTakenOnceAndReplaced) {
  store().set_recovery_codes(kFirst, {"one", "two"});
  EXPECT_TRUE(store().take_recovery_code(kFirst, "one"));
  EXPECT_FALSE(store().take_recovery_code(kFirst, "one"));
  EXPECT_EQ(store().count_recovery_codes(kFirst), 1u);
  store().set_recovery_codes(kFirst, {"three"});
  EXPECT_FALSE(store().take_recovery_code(kFirst, "two"));
  EXPECT_TRUE(store().take_recovery_code(kFirst, "three"));
}

TEST_P(StoreContract, AOneTimeTokenIsTakenOnceWhileItLives) {
  store().add_one_time_token({.token_hash = "live", .expires_at_ms = 1'000, .from_terminal = true});
  store().add_one_time_token({.token_hash = "late", .expires_at_ms = 1'000});
  EXPECT_TRUE(store().find_one_time_token("live")->from_terminal);
  EXPECT_FALSE(store().take_one_time_token("unknown", 500));
  EXPECT_TRUE(store().take_one_time_token("live", 999));
  EXPECT_FALSE(store().take_one_time_token("live", 999));
  EXPECT_FALSE(store().find_one_time_token("live"));
  EXPECT_FALSE(store().take_one_time_token("late", 1'000));
  EXPECT_FALSE(store().take_one_time_token("late", 500)) << "an expired token is gone for good";
}

TEST_P(StoreContract, SessionsAndLinksOfOthersStay) {
  const store::UserId anna = store().add_user("anna", Role::Editor, 100)->id;
  for (const char* hash : {"a1", "a2"})
    store().add_session({.token_hash = hash, .user = anna, .created_at_ms = 1, .seen_at_ms = 1});
  store().add_session({.token_hash = "o", .user = kFirst, .created_at_ms = 1, .seen_at_ms = 2});
  store().remove_sessions_of(anna, "a2");
  EXPECT_FALSE(store().find_session("a1"));
  ASSERT_EQ(store().list_sessions().size(), 2u);
  EXPECT_EQ(store().list_sessions()[0].token_hash, "o") << "seen last";
  EXPECT_EQ(store().list_sessions()[1].user, anna);
  store().add_one_time_token({.token_hash = "la", .user = anna, .expires_at_ms = 900});
  store().add_one_time_token({.token_hash = "lo", .user = kFirst, .expires_at_ms = 900});
  store().remove_one_time_tokens_of(anna);
  EXPECT_FALSE(store().find_one_time_token("la"));
  EXPECT_TRUE(store().find_one_time_token("lo"));
}

TEST_P(StoreContract, TheLogIsReadBackwardsFromAnEntry) {
  for (int n = 1; n <= 5; ++n)
    store().add_log_entry({.id = 0,
                           .at_ms = n * 100,
                           .who = "anna",
                           .address = "192.0.2.1",
                           .action = "PATCH /x",
                           .subject = std::to_string(n),
                           .changes = "{}"});
  reopen();
  const auto newest = store().list_log(1'000'000, 2);
  ASSERT_EQ(newest.size(), 2u);
  EXPECT_EQ(newest[0].subject, "5");
  const auto older = store().list_log(newest[1].id, 10);
  ASSERT_EQ(older.size(), 3u);
  EXPECT_EQ(older[0].subject, "3");
  EXPECT_EQ(older[0].at_ms, 300);
  EXPECT_EQ(older[0].who, "anna");
  EXPECT_EQ(older[0].address, "192.0.2.1");
  EXPECT_EQ(older[0].action, "PATCH /x");
  EXPECT_EQ(older[0].changes, "{}");
}

TEST_P(StoreContract, ASessionLivesUntilItIsRemoved) {
  store().add_session({.token_hash = "s",
                       .created_at_ms = 100,
                       .seen_at_ms = 100,
                       .by_link = true,
                       .address = "192.0.2.1",
                       .agent = "Firefox"});
  store().touch_session("s", 300);
  store().touch_session("s", 200);
  reopen();
  const store::Session session = store().find_session("s").value();
  EXPECT_EQ(session.token_hash, "s");
  EXPECT_EQ(session.created_at_ms, 100);
  EXPECT_EQ(session.seen_at_ms, 300);
  EXPECT_TRUE(session.by_link);
  EXPECT_EQ(session.address, "192.0.2.1");
  EXPECT_EQ(session.agent, "Firefox");
  store().remove_session("s");
  EXPECT_FALSE(store().find_session("s").has_value());
}

TEST_P(StoreContract, OldAndIdleSessionsAreRemoved) {
  store().add_session({.token_hash = "old", .created_at_ms = 99, .seen_at_ms = 900});
  store().add_session({.token_hash = "idle", .created_at_ms = 200, .seen_at_ms = 499});
  store().add_session({.token_hash = "live", .created_at_ms = 100, .seen_at_ms = 500});
  store().remove_sessions_before(100, 500);
  EXPECT_FALSE(store().find_session("old").has_value());
  EXPECT_FALSE(store().find_session("idle").has_value());
  EXPECT_TRUE(store().find_session("live").has_value());
}

TEST_P(StoreContract, AnApiTokenIsFoundByItsHashUntilItIsRemoved) {
  EXPECT_TRUE(store().add_api_token({"wordpress", "h1", "pages", 100, {}, 900}));
  EXPECT_FALSE(store().add_api_token({"wordpress", "h2", "pages", 200, {}}));
  EXPECT_TRUE(store().add_api_token({"ghost", "h3", "pages", 300, {}}));
  store().touch_api_token("h1", 500);
  store().touch_api_token("h1", 400);
  reopen();
  const store::ApiToken found = store().find_api_token("h1").value();
  EXPECT_EQ(found.name, "wordpress");
  EXPECT_EQ(found.scope, "pages");
  EXPECT_EQ(found.created_at_ms, 100);
  EXPECT_EQ(found.used_at_ms, 500);
  EXPECT_EQ(found.expires_at_ms, 900);
  EXPECT_FALSE(store().find_api_token("h2").has_value());
  ASSERT_EQ(store().list_api_tokens().size(), 2u);
  EXPECT_EQ(store().list_api_tokens()[0].name, "ghost");
  EXPECT_EQ(store().list_api_tokens()[0].used_at_ms, std::nullopt);
  EXPECT_TRUE(store().remove_api_token("wordpress"));
  EXPECT_FALSE(store().remove_api_token("wordpress"));
  EXPECT_FALSE(store().find_api_token("h1").has_value());
}

TEST_P(StoreContract, AnAnsweredRequestIsKeptForAWhile) {
  store().add_answered({"k1", "r1", 201, "{}", 100}, 0);
  store().add_answered({"k2", "r2", 200, "", 200}, 100);
  reopen();
  const store::AnsweredRequest found = store().find_answered("k1").value();
  EXPECT_EQ(found.request_hash, "r1");
  EXPECT_EQ(found.status, 201);
  EXPECT_EQ(found.body, "{}");
  EXPECT_EQ(found.at_ms, 100);
  store().add_answered({"k2", "r3", 204, "", 300}, 101);
  EXPECT_FALSE(store().find_answered("k1"));
  EXPECT_EQ(store().find_answered("k2")->request_hash, "r3");
}

TEST_P(StoreContract, AShareIsFoundByItsHashUntilItIsRemoved) {
  EXPECT_TRUE(store().add_share({"press", "h1", "articles", "{}", 100, 900, {}}));
  EXPECT_FALSE(store().add_share({"press", "h2", "articles", "{}", 100, 900, {}}));
  store().touch_share("h1", 500);
  store().touch_share("h1", 400);
  reopen();
  const store::Share found = store().find_share("h1").value();
  EXPECT_EQ(found.name, "press");
  EXPECT_EQ(found.report, "articles");
  EXPECT_EQ(found.segment, "{}");
  EXPECT_EQ(found.created_at_ms, 100);
  EXPECT_EQ(found.expires_at_ms, 900);
  EXPECT_EQ(found.used_at_ms, 500);
  EXPECT_FALSE(store().find_share("h2"));
  EXPECT_EQ(store().list_shares().size(), 1u);
  EXPECT_TRUE(store().remove_share("press"));
  EXPECT_FALSE(store().remove_share("press"));
  EXPECT_FALSE(store().find_share("h1"));
}

TEST_P(StoreContract, AJobsLastGoodRunGivesItsWatermark) {
  EXPECT_FALSE(store().last_done("nightly", "import").has_value());
  const std::int64_t first = store().start_job("nightly", "import", 1'000);
  store().finish_job(first, "done", "2026-11-21", "ok", 1'500);
  const std::int64_t second = store().start_job("nightly", "import", 2'000);
  store().finish_job(second, "failed", "2026-11-22", "disk full", 2'500);
  store().start_job("nightly", "attribute", 3'000);
  reopen();

  const store::JobRun done = store().last_done("nightly", "import").value();
  EXPECT_EQ(done.id, first);
  EXPECT_EQ(done.watermark, "2026-11-21");
  EXPECT_EQ(done.finished_at_ms, 1'500);
  EXPECT_EQ(done.message, "ok");
  const auto jobs = store().list_jobs(2);
  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_EQ(jobs[0].step, "attribute");
  EXPECT_EQ(jobs[0].state, "running");
  EXPECT_EQ(jobs[0].finished_at_ms, std::nullopt);
  EXPECT_EQ(jobs[1].state, "failed");
}

}  // namespace
}  // namespace candor::contract
