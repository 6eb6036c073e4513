#pragma once
// Reports as answers, in whichever of their formats is asked for.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "api/problem.h"
#include "http/message.h"

namespace candor::api {

/// Any report in any of its formats; `name` is the file's.
template <class Report>
http::Response answer(const Report& report, std::string_view format, const std::string& name) {
  http::Response response;
  const auto say = [&](const char* type, std::string body) {
    response.headers = {{"Content-Type", type}, {"Cache-Control", "no-cache"}};
    response.body = std::move(body);
  };
  constexpr bool kHasHtml = requires { to_html(report); };
  if (format.empty() || format == "json")
    say("application/json", to_json(report));
  else if (format == "csv")
    say("text/csv; charset=utf-8", to_csv(report));
  else if (format == "table")
    say("text/plain; charset=utf-8", to_table(report));
  else if (!kHasHtml || format != "html")
    throw Problem(
        422, kHasHtml ? "format is json, csv, table or html." : "format is json, csv or table.",
        "format");
  if constexpr (kHasHtml)
    if (format == "html") say("text/html; charset=utf-8", to_html(report));
  // A file to keep, for the owner's disk: a page of other people's titles is none of the dashboard.
  if (format == "csv" || format == "html") {
    std::string days;
    if constexpr (requires { report.from_day; })
      days = fmt::format("-{}-{}", report.from_day, report.to_day);
    response.headers.emplace_back(
        "Content-Disposition", fmt::format("attachment; filename=\"{}{}.{}\"", name, days, format));
  }
  return response;
}

}  // namespace candor::api
