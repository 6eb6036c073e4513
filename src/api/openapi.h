#pragma once
// The API as an OpenAPI 3.1 document, made of the table of routes and their contracts.
// Source: OpenAPI Specification 3.1.1, https://spec.openapis.org/oas/v3.1.1.html
#include <nlohmann/json.hpp>
#include <string>

namespace candor::api {

/// `server` is where the dashboard is reached; empty: not known.
nlohmann::ordered_json openapi_document(const std::string& server);

/// The same for people: a page that needs no script. `document` is one of openapi_document().
std::string openapi_page(const nlohmann::ordered_json& document);

}  // namespace candor::api
