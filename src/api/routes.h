#pragma once
// The functions behind the routes, by noun; the table that names them is in routes.cpp.
#include "api/router.h"

namespace candor::api {

http::Response get_session(Call& call);
http::Response start_session(Call& call);
http::Response end_session(Call& call);
http::Response list_sessions(Call& call);
http::Response remove_session(Call& call);
http::Response remove_other_sessions(Call& call);

http::Response invite(Call& call);
http::Response set_password(Call& call);
http::Response list_users(Call& call);
http::Response edit_user(Call& call);
http::Response remove_user(Call& call);

http::Response begin_totp(Call& call);
http::Response confirm_totp(Call& call);
http::Response end_totp(Call& call);
http::Response reset_totp(Call& call);

http::Response list_log(Call& call);

/// A request that names itself by a token is judged by that alone; its cookies count for nothing.
bool carries_token(const Call& call);
/// Problem 401 for a token that nobody made, or whose end has come.
Identity identify_token(Call& call);
/// Takes a token out of a postback's address, where it stands since few networks send headers: it
/// is not to be met again. Nobody when there is none.
Identity identify_postback(Call& call);

http::Response add_token(Call& call);
http::Response list_tokens(Call& call);
http::Response remove_token(Call& call);

http::Response add_share(Call& call);
http::Response list_shares(Call& call);
http::Response remove_share(Call& call);
http::Response show_shared(Call& call);

http::Response reset_password(Call& call);

http::Response list_mails(Call& call);
http::Response test_mail(Call& call);
http::Response remove_mail(Call& call);

http::Response list_links(Call& call);
http::Response add_link(Call& call);
http::Response show_link(Call& call);
http::Response edit_link(Call& call);
http::Response remove_link(Call& call);
http::Response test_link(Call& call);
http::Response check_link(Call& call);
http::Response edit_links(Call& call);
http::Response link_history(Call& call);
http::Response link_qr(Call& call);

http::Response export_links(Call& call);

http::Response open_probe(Call& call);
http::Response show_probe(Call& call);

http::Response list_clicks(Call& call);
http::Response explain_click(Call& call);
http::Response slice_clicks(Call& call);
http::Response reclassify_clicks(Call& call);
http::Response test_click(Call& call);

http::Response overview(Call& call);
http::Response setup_steps(Call& call);
http::Response articles_report(Call& call);
http::Response article_detail(Call& call);
http::Response article_places(Call& call);
http::Response dimension_report(Call& call);
http::Response model_report(Call& call);
http::Response revision_report(Call& call);
http::Response risk_report(Call& call);

http::Response list_imports(Call& call);
http::Response show_import(Call& call);
http::Response import_report(Call& call);

http::Response list_mappings(Call& call);
http::Response guess_mapping(Call& call);
http::Response show_mapping(Call& call);
http::Response save_mapping(Call& call);
http::Response remove_mapping(Call& call);

http::Response take_postback(Call& call);
http::Response pull_revenue(Call& call);

http::Response undo_import(Call& call);
http::Response show_commission(Call& call);
http::Response check_ledger(Call& call);
http::Response reconcile_statement(Call& call);
http::Response explain_commission(Call& call);
http::Response list_unattributed(Call& call);
http::Response list_rules(Call& call);
http::Response add_rule(Call& call);
http::Response remove_rule(Call& call);
http::Response plan_tags(Call& call);
http::Response assign_tag(Call& call);
http::Response release_tag(Call& call);
http::Response import_rates(Call& call);
http::Response list_rates(Call& call);

http::Response list_jobs(Call& call);
http::Response show_nightly(Call& call);
http::Response run_nightly(Call& call);
http::Response run_retention(Call& call);
http::Response run_backup(Call& call);

http::Response list_networks(Call& call);
http::Response show_settings(Call& call);
http::Response edit_settings(Call& call);

http::Response inject_page(Call& call);
http::Response audit_page(Call& call);
http::Response page_fallback(Call& call);
http::Response review_page(Call& call);
http::Response fix_page(Call& call);
http::Response undo_page_fix(Call& call);
http::Response disclosure_coverage(Call& call);
http::Response disclosure_texts(Call& call);
http::Response preview_texts(Call& call);

http::Response list_annotations(Call& call);
http::Response add_annotation(Call& call);
http::Response edit_annotation(Call& call);
http::Response remove_annotation(Call& call);

http::Response privacy(Call& call);

http::Response list_webhooks(Call& call);
http::Response add_webhook(Call& call);
http::Response show_webhook(Call& call);
http::Response edit_webhook(Call& call);
http::Response remove_webhook(Call& call);
http::Response test_webhook(Call& call);
http::Response list_deliveries(Call& call);
http::Response redeliver(Call& call);

http::Response show_openapi(Call& call);
http::Response show_docs(Call& call);

http::Response status(Call& call);
http::Response healthy(Call& call);
http::Response ready(Call& call);
http::Response metrics(Call& call);

}  // namespace candor::api
