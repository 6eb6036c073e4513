#include "contract/store_contract.h"

namespace candor::contract {
namespace {

TEST_P(StoreContract, TheOwnersPasswordHashIsReplaced) {
  EXPECT_EQ(store().owner_password_hash(), std::nullopt);
  store().set_owner_password_hash("$argon2id$one");
  store().set_owner_password_hash("$argon2id$two");
  reopen();
  EXPECT_EQ(store().owner_password_hash(), "$argon2id$two");
}

TEST_P(StoreContract, AOneTimeTokenIsTakenOnceWhileItLives) {
  store().add_one_time_token("live", 1'000);
  store().add_one_time_token("late", 1'000);
  EXPECT_FALSE(store().take_one_time_token("unknown", 500));
  EXPECT_TRUE(store().take_one_time_token("live", 999));
  EXPECT_FALSE(store().take_one_time_token("live", 999));
  EXPECT_FALSE(store().take_one_time_token("late", 1'000));
  EXPECT_FALSE(store().take_one_time_token("late", 500)) << "an expired token is gone for good";
}

TEST_P(StoreContract, ASessionLivesUntilItIsRemoved) {
  store().add_session({.token_hash = "s", .created_at_ms = 100, .seen_at_ms = 100});
  store().touch_session("s", 300);
  store().touch_session("s", 200);
  reopen();
  const store::Session session = store().find_session("s").value();
  EXPECT_EQ(session.token_hash, "s");
  EXPECT_EQ(session.created_at_ms, 100);
  EXPECT_EQ(session.seen_at_ms, 300);
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
  EXPECT_TRUE(store().add_api_token({"wordpress", "h1", "pages", 100, {}}));
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
  EXPECT_FALSE(store().find_api_token("h2").has_value());
  ASSERT_EQ(store().list_api_tokens().size(), 2u);
  EXPECT_EQ(store().list_api_tokens()[0].name, "ghost");
  EXPECT_EQ(store().list_api_tokens()[0].used_at_ms, std::nullopt);
  EXPECT_TRUE(store().remove_api_token("wordpress"));
  EXPECT_FALSE(store().remove_api_token("wordpress"));
  EXPECT_FALSE(store().find_api_token("h1").has_value());
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
