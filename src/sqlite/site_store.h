#pragma once
// The store of one site over one SQLite file; each part of it is implemented in a file of its own.
// Callable from any thread.
#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollup/click_block.h"
#include "sqlite/database.h"
#include "store/errors.h"
#include "store/store.h"

namespace candor::sqlite {

class SiteStore final : public store::Store {
 public:
  SiteStore(const std::filesystem::path& path, std::span<const sql::Migration> migrations)
      : database_(path, migrations) {}

  // link_store.cpp
  std::vector<Link> list_links(bool include_disabled) const override;
  std::vector<Link> list_links_after(LinkId after, std::size_t limit) const override;
  std::vector<Link> list_links_after(std::string_view after, std::size_t limit) const override;
  std::optional<Link> find_link(std::string_view slug) const override;
  std::optional<Link> find_link(LinkId id) const override;
  std::optional<Link> add_link(const Link& link) override;
  std::vector<Link> add_links(const std::vector<Link>& links) override;
  bool update_link(const Link& link) override;
  bool remove_link(LinkId id) override;
  std::int64_t link_epoch() const override;
  std::optional<store::LinkChanges> list_link_changes(std::int64_t since,
                                                      std::size_t limit) const override;

  // article_store.cpp
  std::vector<store::Article> list_articles() const override;
  std::vector<ArticleEntry> list_article_paths(ArticleId after) const override;
  std::optional<store::Article> find_article(std::string_view path) const override;
  std::optional<store::Article> find_article(ArticleId id) const override;
  std::vector<std::string> list_wholly_paid() const override;
  std::vector<store::ScannedLink> list_article_links(ArticleId id) const override;
  void record_scans(const std::vector<store::ArticleScan>& scans) override;

  // link_check_store.cpp
  std::vector<store::LinkCheck> list_link_checks() const override;
  std::vector<store::LinkCheck> list_dead_links() const override;
  std::optional<store::LinkCheck> find_link_check(LinkId link) const override;
  void record_link_checks(const std::vector<store::LinkCheck>& checks) override;
  std::vector<ArticleId> list_articles_of_slug(std::string_view slug) const override;

  // click_store.cpp
  journal::Position absorbed() const override;
  void absorb_records(const journal::Records& records, const rollup::SiteZone& zone,
                      journal::Position next) override;
  bool checkpoint() override;
  std::vector<Click> list_clicks(const store::ClickFilter& filter) const override;
  std::optional<Click> find_click(ClickId id) const override;
  ClickId last_click() const override;
  std::vector<store::DayClicks> clicks_by_day(rollup::DayNumber from, rollup::DayNumber to,
                                              std::optional<ArticleId> article) const override;
  std::vector<store::ArticleClicks> clicks_by_article(rollup::DayNumber from,
                                                      rollup::DayNumber to) const override;
  std::vector<store::LinkClicks> clicks_of_capped_links() const override;

  // click_scan.cpp
  void scan_human_clicks(
      std::int64_t from_ms, std::int64_t to_ms,
      const std::function<void(std::span<const attribution::CandidateClick>)>& take) const override;
  std::vector<attribution::CandidateClick> find_candidates(
      std::span<const ClickId> ids) const override;
  std::vector<store::LinkTarget> list_link_targets() const override;

  // click_verdicts.cpp
  std::size_t change_verdicts(const std::vector<store::NewVerdict>& verdicts,
                              const rollup::SiteZone& zone, std::int64_t at_ms) override;
  std::optional<store::FirstVerdict> find_first_verdict(ClickId id) const override;

  // closed_days.cpp
  std::vector<rollup::DayNumber> list_open_days(rollup::DayNumber before) const override;
  bool close_day(rollup::DayNumber day, const rollup::SiteZone& zone) override;
  std::vector<store::DayRows> list_row_days(rollup::DayNumber before) const override;
  store::PackedDay pack_day(rollup::DayNumber day, const rollup::SiteZone& zone, Random& random,
                            const std::function<void()>& between) override;

  // click_slices.cpp
  std::vector<store::ClickSliceRow> slice_clicks(const store::SliceQuestion& question,
                                                 const rollup::SiteZone& zone) const override;

  // run_store.cpp
  std::int64_t start_run(std::int64_t at_ms) override;
  void save_run(const store::Run& run) override;
  std::vector<store::Run> list_runs(std::size_t limit) const override;
  std::vector<store::Outage> list_outages(std::int64_t from_ms, std::int64_t to_ms) const override;

  // view_store.cpp
  void add_views(const rollup::ViewDayDeltas& deltas) override;
  std::vector<store::ArticleViews> views_by_article(rollup::DayNumber from,
                                                    rollup::DayNumber to) const override;
  std::vector<store::LinkImpressions> impressions_by_link(ArticleId article, rollup::DayNumber from,
                                                          rollup::DayNumber to) const override;

  // import_store.cpp
  std::optional<store::Import> find_import(std::string_view hash,
                                           std::string_view account) const override;
  std::optional<store::Import> find_import(ImportId id) const override;
  store::Import publish_import(store::Import import, const std::vector<CommissionRow>& rows,
                               const std::vector<RowError>& errors,
                               const store::ImportProgress& progress) override;
  store::Import preview_import(store::Import import, const std::vector<CommissionRow>& rows,
                               const std::vector<RowError>& errors) override;  // import_preview.cpp
  std::optional<store::Import> undo_import(ImportId id, std::int64_t at_ms) override;
  std::vector<store::Import> list_imports(std::size_t limit,
                                          std::optional<store::ImportKind> kind) const override;
  std::vector<RowError> list_import_errors(ImportId id) const override;

  // commission_store.cpp
  std::vector<store::UnbookedEvent> list_unbooked(std::size_t limit) const override;
  std::vector<store::UnbookedEvent> list_unattributed(std::size_t limit,
                                                      CommissionId after) const override;
  std::vector<store::UnbookedEvent> list_booked(std::size_t limit, CommissionId after,
                                                attribution::Tier strongest) const override;
  void book(const std::vector<store::Booking>& bookings) override;
  std::optional<store::CommissionState> find_commission(CommissionId id) const override;
  std::vector<store::CommissionEvent> list_history(CommissionId id) const override;
  std::vector<store::CommissionState> list_commissions(std::size_t limit) const override;
  std::vector<store::UnbookedEvent> list_relabelled(std::size_t limit,
                                                    CommissionId after) const override;
  std::vector<store::UnbookedEvent> list_followers(std::size_t limit) const override;

  // booking_store.cpp
  std::vector<store::Booked> list_bookings(CommissionId id) const override;
  std::vector<store::DatedMatch> list_past_matches(CommissionId id) const override;
  std::optional<std::int64_t> find_decided_at(CommissionId id) const override;

  // rule_store.cpp
  void set_label_rules(const std::vector<store::LabelRule>& rules) override;
  std::vector<store::LabelRule> list_label_rules() const override;
  std::optional<std::int64_t> add_owner_rule(const store::OwnerRule& rule) override;
  bool remove_owner_rule(std::int64_t id) override;
  std::vector<store::OwnerRule> list_owner_rules() const override;
  std::optional<std::string> find_page_tag(std::string_view path) const override;
  std::int64_t last_rule_change() const override;
  void settle_rule_changes(std::int64_t last) override;

  // total_store.cpp
  std::vector<rollup::DayNumber> list_order_days(std::string_view network, std::string_view tag,
                                                 std::string_view product) const override;
  std::vector<store::CountedClicks> list_tag_clicks(std::string_view network) const override;
  std::vector<store::CountedClicks> list_link_type_clicks(std::string_view network) const override;
  std::vector<store::ArticleMoney> list_article_money(std::string_view network,
                                                      std::int64_t from_ms) const override;

  // articles_report.cpp
  report::ArticlesReport load_articles_report(const rollup::SiteZone& zone, rollup::DayNumber from,
                                              rollup::DayNumber to,
                                              std::optional<std::int64_t> as_of_ms) const override;

  // ledger_check.cpp
  std::vector<LedgerLine> check_ledger(const rollup::SiteZone& zone,
                                       std::optional<rollup::DayNumber> from,
                                       std::optional<rollup::DayNumber> to) const override;

  // rate_store.cpp
  std::int64_t add_rates(const std::vector<ExchangeRate>& rates) override;
  std::vector<ExchangeRate> list_rates(rollup::DayNumber from, rollup::DayNumber to) const override;

  // report_store.cpp
  std::vector<report::ImportedLine> each_money_part(
      rollup::DayNumber from, rollup::DayNumber to, const rollup::SiteZone& zone,
      const std::function<void(const report::MoneyPart&)>& use,
      std::optional<std::int64_t> as_of_ms) const override;
  std::size_t pack_money(const rollup::SiteZone& zone) override;
  std::vector<store::NetworkData> list_network_data(
      std::optional<std::int64_t> as_of_ms) const override;
  std::optional<rollup::DayNumber> first_view_day() const override;
  std::vector<store::DayViews> views_by_day(rollup::DayNumber from,
                                            rollup::DayNumber to) const override;

  // account_store.cpp
  std::optional<store::User> find_user(store::UserId id) const override;
  std::optional<store::User> find_user(std::string_view name) const override;
  std::vector<store::User> list_users() const override;
  std::optional<store::User> add_user(std::string_view name, store::Role role,
                                      std::int64_t now_ms) override;
  bool set_role(store::UserId id, store::Role role) override;
  bool remove_user(store::UserId id) override;
  void set_password_hash(store::UserId id, std::string_view hash) override;
  void set_email(store::UserId id, std::string_view email) override;
  void set_totp(store::UserId id, std::string_view secret, std::string_view pending) override;
  bool use_totp_step(store::UserId id, std::int64_t step) override;
  void set_recovery_codes(store::UserId id, const std::vector<std::string>& code_hashes) override;
  bool take_recovery_code(store::UserId id, std::string_view code_hash) override;
  std::size_t count_recovery_codes(store::UserId id) const override;

  // session_store.cpp
  void add_one_time_token(const store::OneTimeToken& token) override;
  std::optional<store::OneTimeToken> find_one_time_token(
      std::string_view token_hash) const override;
  bool take_one_time_token(std::string_view token_hash, std::int64_t now_ms) override;
  void remove_one_time_tokens_of(store::UserId user) override;
  void add_session(const store::Session& session) override;
  std::optional<store::Session> find_session(std::string_view token_hash) const override;
  std::vector<store::Session> list_sessions() const override;
  void touch_session(std::string_view token_hash, std::int64_t seen_at_ms) override;
  void remove_session(std::string_view token_hash) override;
  void remove_sessions_of(store::UserId user, std::string_view but_token_hash) override;
  void remove_sessions_before(std::int64_t created_before_ms, std::int64_t seen_before_ms) override;

  // token_store.cpp
  bool add_api_token(const store::ApiToken& token) override;
  std::optional<store::ApiToken> find_api_token(std::string_view token_hash) const override;
  std::vector<store::ApiToken> list_api_tokens() const override;
  void touch_api_token(std::string_view token_hash, std::int64_t used_at_ms) override;
  bool remove_api_token(std::string_view name) override;
  bool add_share(const store::Share& share) override;
  std::optional<store::Share> find_share(std::string_view key_hash) const override;
  std::vector<store::Share> list_shares() const override;
  void touch_share(std::string_view key_hash, std::int64_t used_at_ms) override;
  bool remove_share(std::string_view name) override;

  // log_store.cpp
  std::optional<store::AnsweredRequest> find_answered(std::string_view key_hash) const override;
  void add_answered(const store::AnsweredRequest& request, std::int64_t keep_from_ms) override;
  void add_log_entry(const store::LogEntry& entry) override;
  std::vector<store::LogEntry> list_log(std::int64_t before_id, std::size_t limit) const override;

  // mail_store.cpp
  bool add_mail(const store::Mail& mail, const std::vector<store::Mark>& marks) override;
  bool was_written(std::string_view key) const override;
  std::vector<store::Mail> list_waiting_mails() const override;
  std::vector<store::Mail> list_mails(std::size_t limit) const override;
  void note_delivered(std::int64_t id, std::int64_t at_ms) override;
  void note_refused(std::int64_t id, std::string_view error) override;
  bool remove_mail(std::int64_t id) override;
  std::optional<std::string> find_mark(std::string_view name) const override;
  void set_marks(const std::vector<store::Mark>& marks) override;

  // history_store.cpp
  std::int64_t add_annotation(const store::Annotation& annotation) override;
  bool update_annotation(const store::Annotation& annotation) override;
  bool remove_annotation(std::int64_t id) override;
  std::optional<store::Annotation> find_annotation(std::int64_t id) const override;
  std::vector<store::Annotation> list_annotations(rollup::DayNumber from,
                                                  rollup::DayNumber to) const override;
  std::vector<store::ArticleRevision> list_revisions(ArticleId article) const override;
  std::vector<store::ArticleRevision> list_revisions_before(std::int64_t before_ms) const override;
  // webhook_store.cpp
  store::Webhook add_webhook(const store::Webhook& webhook) override;
  std::vector<store::Webhook> list_webhooks() const override;
  std::optional<store::Webhook> find_webhook(store::WebhookId id) const override;
  bool update_webhook(const store::Webhook& webhook) override;
  bool remove_webhook(store::WebhookId id) override;
  void add_event(const store::WebhookEvent& event) override;
  std::vector<store::WebhookEvent> list_events(std::size_t limit) const override;
  void queue_deliveries(const std::vector<store::Delivery>& deliveries,
                        std::int64_t through) override;
  std::vector<store::Delivery> list_due(std::int64_t now_ms, std::size_t limit) const override;
  void save_attempt(const store::Delivery& delivery, const store::Webhook& webhook) override;
  void update_delivery(const store::Delivery& delivery) override;
  std::vector<store::Delivery> list_deliveries(store::WebhookId webhook, std::int64_t before_id,
                                               std::size_t limit) const override;
  std::optional<store::Delivery> find_delivery(store::DeliveryId id) const override;
  void remove_deliveries_before(std::int64_t at_ms) override;

  // job_store.cpp
  std::int64_t start_job(std::string_view job, std::string_view step, std::int64_t at_ms) override;
  void finish_job(std::int64_t id, std::string_view state, std::string_view watermark,
                  std::string_view message, std::int64_t at_ms) override;
  std::size_t interrupt_jobs() override;
  std::vector<store::JobRun> list_jobs(std::size_t limit) const override;
  std::optional<store::JobRun> last_done(std::string_view job,
                                         std::string_view step) const override;
  void back_up(const std::filesystem::path& file) const override;
  void stop_jobs() override { stopped_ = true; }
  bool jobs_stopped() const override { return stopped_; }

 private:
  /// For work that may take long: at its beginning, and again and again.
  void throw_when_stopped() const {
    if (stopped_) throw store::Stopped();
  }

  /// click_slices.cpp: what counts by day, article, link and verdict answer.
  void slice_counts(const rollup::SliceQuery& query, const rollup::SiteZone& zone,
                    rollup::ClickSlicer& slicer) const;

  /// closed_days.cpp: what a day's rows hold, ids [from, to).
  struct DayScan {
    rollup::DayNumber day = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t clicks = 0;
    std::vector<std::int64_t> visitors{};  ///< of each click
    std::vector<std::pair<rollup::ClickDayKey, std::int64_t>> counts{};
  };
  DayScan scan_day(rollup::DayNumber day, const rollup::SiteZone& zone) const;
  /// The day's blocks, for nobody to read yet; false when its rows changed meanwhile.
  bool stage_day(const DayScan& scan, const rollup::VisitorOrdinals& ordinals,
                 store::PackedDay& packed, const std::function<void()>& between);
  /// From here on the blocks are read, and no longer the rows; false when the day has changed.
  bool publish_day(const DayScan& scan);
  /// Takes away what an earlier run left: rows that are in blocks, and blocks nobody reads.
  void clean_up(const std::function<void()>& between);

  Database database_;
  std::mutex staging_;  ///< one import is staged, or taken back, at a time
  std::atomic<bool> stopped_{false};
};

}  // namespace candor::sqlite
