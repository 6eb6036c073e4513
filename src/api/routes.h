#pragma once
// The functions behind the routes, by noun; the table that names them is in routes.cpp.
#include "api/router.h"

namespace candor::api {

/// True for the Unix socket and for a live session.
bool is_owner(Call& call);

http::Response get_session(Call& call);
http::Response start_session(Call& call);
http::Response end_session(Call& call);
http::Response set_password(Call& call);
http::Response invite(Call& call);

/// A request that names itself by a token is judged by that alone; its cookies count for nothing.
bool carries_token(const Call& call);
/// Problem 401 for a token nobody made, 403 for one whose scope the route is not in.
void check_token(const Route& route, Call& call);

http::Response add_token(Call& call);
http::Response list_tokens(Call& call);
http::Response remove_token(Call& call);

http::Response list_links(Call& call);
http::Response add_link(Call& call);
http::Response show_link(Call& call);
http::Response edit_link(Call& call);
http::Response remove_link(Call& call);
http::Response test_link(Call& call);

http::Response export_links(Call& call);

http::Response open_probe(Call& call);
http::Response show_probe(Call& call);

http::Response list_clicks(Call& call);
http::Response explain_click(Call& call);
http::Response slice_clicks(Call& call);
http::Response reclassify_clicks(Call& call);
http::Response test_click(Call& call);

http::Response overview(Call& call);
http::Response articles_report(Call& call);
http::Response article_detail(Call& call);

http::Response list_imports(Call& call);
http::Response import_report(Call& call);

http::Response undo_import(Call& call);
http::Response show_commission(Call& call);
http::Response check_ledger(Call& call);
http::Response reconcile_statement(Call& call);
http::Response import_rates(Call& call);
http::Response list_rates(Call& call);

http::Response list_jobs(Call& call);
http::Response run_nightly(Call& call);
http::Response run_retention(Call& call);

http::Response inject_page(Call& call);
http::Response audit_page(Call& call);
http::Response page_fallback(Call& call);

http::Response privacy(Call& call);

http::Response status(Call& call);
http::Response healthy(Call& call);
http::Response ready(Call& call);
http::Response metrics(Call& call);

}  // namespace candor::api
