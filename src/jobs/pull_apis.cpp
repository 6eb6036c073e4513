// Sources, read 2026-11: Awin, "Get List of Transactions" and the introduction of its API
// (help.awin.com/apidocs); CJ, "Commission Detail API" (docs.cj.com/docs/graphql-api); impact.com,
// "Actions", "Pagination" and "Rate limits" (integrations.impact.com).
#include "jobs/pull_apis.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/rfc3339.h"
#include "link/url.h"

namespace candor::jobs {
namespace {

using Next = Result<std::optional<fetch::Request>, std::string>;

/// "2026-11-22T00:00:00Z", without the milliseconds that some networks do not take.
std::string second_of(std::int64_t ms) {
  std::string text = format_rfc3339(ms);
  if (const auto dot = text.find('.'); dot != std::string::npos) text = text.substr(0, dot) + "Z";
  return text;
}

fetch::Request request_of(std::string url, std::string authorization) {
  fetch::Request request;
  request.url = std::move(url);
  request.headers = {{"Authorization", std::move(authorization)}, {"Accept", "application/json"}};
  request.timeout_ms = 120'000;
  request.max_body_bytes = std::size_t{256} << 20;
  return request;
}

// Awin: no pages, but stretches of 31 days at most. Sales of the days, and sales that were
// validated in them, whenever they were made.
std::vector<fetch::Request> first_of_awin(const PullAccount& account, const std::string& url,
                                          PullSpan span) {
  std::vector<fetch::Request> requests;
  for (const std::string_view type : {"transaction", "validation"}) {
    const auto local = [](std::int64_t ms) {
      std::string text = second_of(ms);
      text.pop_back();
      return percent_encode(text);
    };
    requests.push_back(request_of(
        fmt::format("{}/publishers/{}/transactions/?startDate={}&endDate={}&timezone=UTC&dateType="
                    "{}",
                    url, percent_encode(account.account), local(span.from_ms),
                    local(span.to_ms - 1000), type),
        "Bearer " + account.token));
  }
  return requests;
}

Next next_of_awin(const PullAccount&, const std::string&, PullSpan, const networks::Record& rest) {
  if (!rest.values.empty()) return std::unexpected("the answer is no list of transactions");
  return std::optional<fetch::Request>();
}

// CJ: GraphQL by posting date, where a correction is a record of its own; pages go on from the
// highest id until the payload is complete.
fetch::Request cj_page(const PullAccount& account, const std::string& url, PullSpan span,
                       std::string_view after) {
  constexpr std::string_view kRecords =
      "commissionId originalActionId actionStatus advertiserName advertiserId clickDate eventDate "
      "postingDate orderId shopperId pubCommissionAmountUsd pubCommissionAmountPubCurrency "
      "saleAmountUsd saleAmountPubCurrency items { sku quantity }";
  const auto quoted = [](std::string_view text) { return nlohmann::json(text).dump(); };
  fetch::Request request = request_of(url + "/query", "Bearer " + account.token);
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/json");
  const std::string query = fmt::format(
      "{{ publisherCommissions(forPublishers: [{}], sincePostingDate: {}, beforePostingDate: {}{}) "
      "{{ count payloadComplete maxCommissionId records {{ {} }} }} }}",
      quoted(account.account), quoted(second_of(span.from_ms)), quoted(second_of(span.to_ms)),
      after.empty() ? "" : ", sinceCommissionId: " + quoted(after), kRecords);
  request.body = nlohmann::json({{"query", query}}).dump();
  return request;
}

std::vector<fetch::Request> first_of_cj(const PullAccount& account, const std::string& url,
                                        PullSpan span) {
  return {cj_page(account, url, span, {})};
}

Next next_of_cj(const PullAccount& account, const std::string& url, PullSpan span,
                const networks::Record& rest) {
  const std::string_view complete = rest.find("data.publisherCommissions.payloadComplete");
  if (complete == "true") return std::optional<fetch::Request>();
  const std::string_view after = rest.find("data.publisherCommissions.maxCommissionId");
  if (complete != "false" || after.empty())
    return std::unexpected(
        "the answer is no page of commissions: data.publisherCommissions.payloadComplete and "
        "maxCommissionId are missing");
  return std::optional(cj_page(account, url, span, after));
}

// Impact: actions of the days, and the address of the next page within each.
std::string basic(const PullAccount& account) {
  const std::string plain = account.account + ":" + account.token;
  std::string text(sodium_base64_ENCODED_LEN(plain.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(plain.data()),
                    plain.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return "Basic " + text;
}

std::vector<fetch::Request> first_of_impact(const PullAccount& account, const std::string& url,
                                            PullSpan span) {
  return {request_of(
      fmt::format("{}/Mediapartners/{}/Actions?ActionDateStart={}&ActionDateEnd={}&"
                  "PageSize=2000",
                  url, percent_encode(account.account), percent_encode(second_of(span.from_ms)),
                  percent_encode(second_of(span.to_ms - 1000))),
      basic(account))};
}

Next next_of_impact(const PullAccount& account, const std::string& url, PullSpan,
                    const networks::Record& rest) {
  if (!rest.values.contains("@nextpageuri"))
    return std::unexpected("the answer is no page of actions: @nextpageuri is missing");
  std::string_view next = rest.find("@nextpageuri");
  if (next.empty()) return std::optional<fetch::Request>();
  // The token goes to the API alone, wherever the answer points.
  const std::string origin = url + "/";
  if (next.starts_with(origin)) next.remove_prefix(url.size());
  if (!next.starts_with('/') || next.starts_with("//"))
    return std::unexpected("the next page is said to be elsewhere than at " + url);
  return std::optional(request_of(url + std::string(next), basic(account)));
}

constexpr std::array<PullApi, 3> kApis{
    {{"awin", "https://api.awin.com", 31, 20, first_of_awin, next_of_awin},
     {"cj", "https://commissions.api.cj.com", 31, 0, first_of_cj, next_of_cj},
     {"impact", "https://api.impact.com", 45, 0, first_of_impact, next_of_impact}}};

}  // namespace

const PullApi* find_pull_api(std::string_view network) {
  const auto found = std::ranges::find(kApis, network, &PullApi::network);
  return found == kApis.end() ? nullptr : &*found;
}

}  // namespace candor::jobs
