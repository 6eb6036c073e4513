// candor revenue explain, candor revenue unattributed: why money went where it went, or to nobody.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "revenue/money.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string money(const json& micro, const std::string& code) {
  return format_amount(micro.get<std::int64_t>(), find_currency(code).value_or(Currency{})) + " " +
         code;
}

/// What a person reads for a member that may be null; safe for a terminal.
std::string text(const json& value, const char* otherwise = "-") {
  return value.is_string() && !value.get_ref<const std::string&>().empty()
             ? safe_text(value.get<std::string>())
             : otherwise;
}

constexpr const char* kNobody = "(no article known)";

void print_history(const json& history) {
  fmt::print("\nHeard of it\n");
  for (const json& event : history) {
    const std::string code = event.at("currency");
    fmt::print("  {}  {}{}{}: {}, {} of a sale of {}  ({})\n", text(event.at("recorded_at")),
               text(event.at("kind")),
               event.at("effective").get<bool>() ? "" : ", too late to count",
               event.at("undone").get<bool>() ? ", taken back" : "", text(event.at("status")),
               money(event.at("commission_micro"), code), money(event.at("sale_micro"), code),
               text(event.at("file_name")));
    for (const char* name : {"sub_id", "tag", "product", "merchant", "order_id", "referring_url"})
      if (!event.at(name).get_ref<const std::string&>().empty())
        fmt::print("      {}: {}\n", name, text(event.at(name)));
  }
}

void print_matches(const json& matches) {
  fmt::print("\nMatched\n");
  for (const json& match : matches) {
    fmt::print("  {}  {} ({}): {}\n", text(match.at("decided_at")), text(match.at("tier")),
               text(match.at("model")), text(match.at("reason")));
    if (!match.at("replaced_at").is_null())
      fmt::print("      until {}\n", text(match.at("replaced_at")));
  }
}

void print_clicks(const json& body) {
  if (body.at("windows").empty()) return;
  fmt::print("\nClicks looked for, as they are known now\n");
  for (const json& window : body.at("windows"))
    fmt::print("  {}, {}, {} to {}: {}\n", text(window.at("window")),
               window.at("product").get_ref<const std::string&>().empty() ? "any product"
                                                                          : "the same product",
               text(window.at("from")), text(window.at("to")),
               window.at("clicks").get<std::int64_t>());
  for (const json& click : body.at("clicks"))
    fmt::print("      {}  {}  {}\n", text(click.at("at")), text(click.at("link")),
               text(click.at("article"), kNobody));
}

void print_division(const json& body, const std::string& code) {
  if (body.at("division").empty()) return;
  fmt::print("\nDivided by the largest remainder, of equal ones the first\n");
  for (const json& part : body.at("division"))
    fmt::print("  {}  weight {}: {} micro-units, remainder {}: {} ({})\n",
               text(part.at("article"), kNobody), part.at("weight").get<std::int64_t>(),
               part.at("floor_micro").get<std::int64_t>(), text(part.at("remainder")),
               part.at("commission_micro").get<std::int64_t>(),
               money(part.at("commission_micro"), code));
  if (body.at("divided_with_others").get<bool>())
    fmt::print(
        "  It is divided together with the sale that it reverses, or the reversals of it, so that\n"
        "  their parts leave nothing: a part may differ from this by a micro-unit.\n");
}

void print_bookings(const json& bookings, const std::string& code) {
  fmt::print("\nBooked\n");
  if (bookings.empty()) fmt::print("  nothing yet\n");
  for (const json& each : bookings)
    fmt::print("  {}  {}  {} ({} micro-units)\n", text(each.at("booked_at")),
               text(each.at("article"), kNobody), money(each.at("commission_micro"), code),
               each.at("commission_micro").get<std::int64_t>());
}

int explain(const Cli& cli, std::int64_t id) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("GET", fmt::format("/api/v1/revenue/commissions/{}/explain", id));
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  const json body = json::parse(response.body);
  if (cli.chosen_format() == "csv") {
    print_list("csv", json({{"data", body.at("bookings")}}).dump(),
               {"booked_at", "event", "article", "link", "commission_micro", "sale_micro"});
    return kDone;
  }
  const json& row = body.at("commission");
  const std::string code = row.at("currency");
  fmt::print("Commission {} of {} ({}), {}: {}, {}\n", row.at("id").get<std::int64_t>(),
             text(row.at("network")), text(row.at("identity")), text(row.at("event_at")),
             body.at("withdrawn").get<bool>() ? "withdrawn" : text(row.at("status")),
             money(row.at("commission_micro"), code));
  print_history(body.at("history"));
  print_matches(body.at("matches"));
  print_clicks(body);
  print_division(body, code);
  print_bookings(body.at("bookings"), code);
  return kDone;
}

/// Labels are made by whoever followed a link: the shell must read one word.
std::string shell_word(const json& value) {
  std::string word = "'";
  for (const char c : safe_text(value.get<std::string>()))
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// What the owner types to settle it; empty: nothing would.
std::string command_for(const json& row) {
  const json& rule = row.at("rule");
  if (rule.is_null()) return "";
  const json& suggestions = row.at("suggestions");
  const std::string article =
      suggestions.empty() ? "ARTICLE" : shell_word(suggestions.front().at("article"));
  return fmt::format("candor revenue rule add {} {} --kind {} --network {}",
                     shell_word(rule.at("text")), article, text(rule.at("kind")),
                     text(rule.at("network")));
}

int unattributed(const Cli& cli, std::int64_t after, std::int64_t limit) {
  std::string target = fmt::format("/api/v1/revenue/unattributed?limit={}", limit);
  if (after > 0) target += fmt::format("&after={}", after);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  json body = json::parse(response.body);
  for (json& row : body.at("data")) {
    row["amount"] = money(row.at("commission_micro"), row.at("currency"));
    row["label"] = row.at("rule").is_null() ? json(nullptr) : row.at("rule").at("text");
    std::string articles;
    for (const json& each : row.at("suggestions"))
      articles +=
          fmt::format("{}{} ({})", articles.empty() ? "" : ", ",
                      each.at("article").get<std::string>(), each.at("why").get<std::string>());
    row["suggestions"] = articles;
  }
  print_list(cli.chosen_format(), body.dump(),
             {"id", "network", "event_at", "amount", "label", "reason", "suggestions"});
  if (cli.chosen_format() != "table") return kDone;
  const json whole = json::parse(response.body);
  for (const json& row : whole.at("data"))
    if (const std::string command = command_for(row); !command.empty()) {
      fmt::print(stderr, "\nA rule settles it, for example: {}\n", command);
      break;
    }
  if (!whole.at("next").is_null())
    fmt::print(stderr, "There is more: candor revenue unattributed --after {}\n",
               whole.at("next").get<std::int64_t>());
  return kDone;
}

}  // namespace

void add_explain_commands(CLI::App& revenue, Cli& cli) {
  auto commission = std::make_shared<std::int64_t>(0);
  CLI::App* why = revenue.add_subcommand(
      "explain", "The evidence behind one commission: rows, clicks, weights, division, bookings");
  why->add_option("COMMISSION", *commission, "Its id")->required();
  why->fallthrough();
  why->callback(
      [&cli, commission] { cli.run = [&cli, commission] { return explain(cli, *commission); }; });

  struct Page {
    std::int64_t after = 0, limit = 50;
  };
  auto page = std::make_shared<Page>();
  CLI::App* open = revenue.add_subcommand(
      "unattributed", "Money of no article: why, and articles that may be meant");
  open->add_option("--after", page->after, "Commissions above this id");
  open->add_option("--limit", page->limit, "At most so many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  open->fallthrough();
  open->callback([&cli, page] {
    cli.run = [&cli, page] { return unattributed(cli, page->after, page->limit); };
  });
}

}  // namespace candor::app
