#pragma once
// What a request says of the page a fragment will stand in.
#include <string>

#include "api/router.h"
#include "pages/fragment.h"

namespace candor::api {

/// `page_language`, a tag like "de-DE"; empty when absent, Problem 422 for anything else.
std::string page_language(const Call& call);

/// `page_language` and `title`.
pages::FragmentPage page_around(const Call& call);

}  // namespace candor::api
