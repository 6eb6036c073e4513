#include "api/routes.h"

#include <array>

namespace candor::api {

std::span<const Route> routes() {
  using enum Access;
  static constexpr auto kRoutes = std::to_array<Route>({
      {"POST", "/api/v1/account/invite", Owner, invite, "Make a one-time sign-in link"},
      {"PUT", "/api/v1/account/password", Owner, set_password, "Set the owner's password"},
      {"GET", "/api/v1/articles/detail", Owner, article_detail,
       "One article: links, findings, clicks by day"},
      {"POST", "/api/v1/audit", Pages, audit_page, "Audit a page: HTML in, findings out"},
      {"GET", "/api/v1/clicks", Owner, list_clicks, "List clicks"},
      {"POST", "/api/v1/clicks/reclassify", Owner, reclassify_clicks,
       "Judge past clicks by today's rules"},
      {"GET", "/api/v1/clicks/slices", Owner, slice_clicks,
       "Clicks counted by any of their dimensions"},
      {"POST", "/api/v1/clicks/test", Owner, test_click,
       "Make a URL of a link whose click counts for nothing"},
      {"GET", "/api/v1/clicks/{id}", Owner, explain_click, "Explain why one click counts or not"},
      {"GET", "/api/v1/exports/{server}", Owner, export_links,
       "Links as nginx or Caddy reads them"},
      {"POST", "/api/v1/inject", Pages, inject_page,
       "Disclose a page: HTML in, page and findings out"},
      {"GET", "/api/v1/jobs", Owner, list_jobs, "List job runs"},
      {"POST", "/api/v1/jobs/nightly", Owner, run_nightly, "Run the nightly job now"},
      {"POST", "/api/v1/jobs/retention", Owner, run_retention,
       "Count closed days, move their clicks into columns"},
      {"GET", "/api/v1/links", Pages, list_links, "List links"},
      {"POST", "/api/v1/links", Owner, add_link, "Add a link"},
      {"GET", "/api/v1/links/{slug}", Owner, show_link, "Show a link"},
      {"PATCH", "/api/v1/links/{slug}", Owner, edit_link, "Edit a link"},
      {"DELETE", "/api/v1/links/{slug}", Owner, remove_link, "Remove a link"},
      {"POST", "/api/v1/links/{slug}/test", Owner, test_link,
       "Say where a link would send a reader, and why"},
      {"GET", "/api/v1/overview", Owner, overview, "What needs doing, what earned"},
      {"GET", "/api/v1/pages/fallback", Pages, page_fallback,
       "What discloses a page where Candor cannot be asked"},
      {"GET", "/api/v1/privacy", Owner, privacy, "What is kept of readers, as a notice"},
      {"POST", "/api/v1/probes", Owner, open_probe, "Begin to note the owner's test requests"},
      {"GET", "/api/v1/probes/{key}", Owner, show_probe, "What arrived of test requests"},
      {"GET", "/api/v1/rates", Owner, list_rates, "List the exchange rates of a day"},
      {"POST", "/api/v1/rates", Owner, import_rates, "Import the ECB's reference rates"},
      {"GET", "/api/v1/reports/articles", Pages, articles_report, "Clicks and revenue per article"},
      {"GET", "/api/v1/revenue/check", Owner, check_ledger,
       "Check that attributed and unattributed are what was imported"},
      {"GET", "/api/v1/revenue/commissions/{id}", Owner, show_commission,
       "One commission with its history"},
      {"GET", "/api/v1/revenue/imports", Owner, list_imports, "List imported report files"},
      {"POST", "/api/v1/revenue/imports", Owner, import_report, "Import a network's report file"},
      {"POST", "/api/v1/revenue/imports/{id}/undo", Owner, undo_import, "Take an import back"},
      {"POST", "/api/v1/revenue/reconcile", Owner, reconcile_statement,
       "Compare a network's payment statement with the ledger"},
      {"GET", "/api/v1/session", Public, get_session, "Who is signed in"},
      {"POST", "/api/v1/session", Public, start_session, "Sign in"},
      {"DELETE", "/api/v1/session", Public, end_session, "Sign out"},
      {"GET", "/api/v1/status", Owner, status, "Counters, store and journal"},
      {"GET", "/api/v1/tokens", Owner, list_tokens, "List tokens of programs"},
      {"POST", "/api/v1/tokens", Owner, add_token, "Make a token for a program; shown once"},
      {"DELETE", "/api/v1/tokens/{name}", Owner, remove_token, "End a program's token"},
      {"GET", "/healthz", Public, healthy, "The process answers"},
      {"GET", "/metrics", Neighbour, metrics, "Counters for Prometheus"},
      {"GET", "/readyz", Public, ready, "The store answers and clicks can be written"},
  });
  return kRoutes;
}

}  // namespace candor::api
