// The API's description of itself, for programs and for people.
#include "api/openapi.h"
#include "api/routes.h"

namespace candor::api {
namespace {

http::Response text_response(const char* type, std::string body) {
  http::Response response;
  response.headers = {{"Content-Type", type}, {"Cache-Control", "no-cache"}};
  response.body = std::move(body);
  return response;
}

}  // namespace

http::Response show_openapi(Call& call) {
  return text_response("application/json", openapi_document(call.site.admin_url).dump());
}

http::Response show_docs(Call& call) {
  return text_response("text/html; charset=utf-8",
                       openapi_page(openapi_document(call.site.admin_url)));
}

}  // namespace candor::api
