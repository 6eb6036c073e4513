#pragma once
// The answers of the click front.
#include <chrono>
#include <string>
#include <string_view>

#include "http/message.h"

namespace candor::redirect {

/// `code` (301, 302, 307 or 308) to `location`. `keeps_referer`: the merchant may see which page
/// sent the reader, as some programmes demand.
http::Response redirect_answer(std::string location, bool keeps_referer, int code = 302);
/// 503 without a destination: the browser asks again when the reader really follows the link, and
/// no network counts a click that nobody made.
http::Response prefetch_answer();
/// 404 with a way back to the site.
http::Response not_found_answer(std::string_view site_host);
/// 410 with a way back to the site: an offer that has ended.
http::Response gone_answer(std::string_view site_host);
/// 429 to a client that asks for too much that is not there.
http::Response too_many_answer(std::chrono::seconds wait);
/// 405 with what is allowed.
http::Response method_answer();
/// 204 with what is allowed.
http::Response options_answer();
http::Response health_answer();
http::Response ready_answer();
http::Response not_ready_answer(std::string_view why);

}  // namespace candor::redirect
