#pragma once
// A page of another site must not act in a user's name.
#include <string>
#include <string_view>

namespace candor::api {

struct Call;

/// What a page of the dashboard sends in the header X-Candor: only a script that could read an
/// answer to the session's own browser knows it. Empty when there is no session.
std::string csrf_token(std::string_view session_token);

/// Browsers say where a request comes from: Sec-Fetch-Site, or the older Origin. Beside that a
/// change by somebody with a session takes the session's token, and one without (signing in) any
/// X-Candor, a header that no form can send. Problem 403.
void refuse_foreign_pages(const Call& call);

}  // namespace candor::api
