// candor disclosure: the texts that go into pages, the site's page about its links, the stylesheet.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/page_options.h"
#include "app/output.h"
#include "disclosure/inject.h"
#include "disclosure/injection/site_page.h"
#include "link/url.h"
#include "redirect/beacon_script.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct DisclosureOptions {
  std::string language, out, site_name;
  std::vector<std::string> jurisdictions, networks;
  bool fragment = false;
};

void add_language(CLI::App* command, DisclosureOptions& options) {
  command->add_option("--language", options.language, "en-US, en-GB, de, ... (default the site's)");
}

disclosure::Policy policy_for(const Cli& cli, const DisclosureOptions& options) {
  disclosure::Policy policy;
  if (const auto file = find_config(cli.config); !file.empty()) {
    const Config config = load_config(file);
    policy.site_name = config.site.name;
    policy.jurisdictions = config.site.jurisdictions;
    policy.language = config.site.language;
    policy.choices = config.site.choices;
  }
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  if (!options.language.empty()) policy.language = options.language;
  if (!options.site_name.empty()) policy.site_name = options.site_name;
  if (!policy.language.empty() && !disclosure::knows_language(policy.language))
    throw std::runtime_error(fmt::format("there are no texts in \"{}\"; languages: {}",
                                         policy.language,
                                         fmt::join(disclosure::template_locales(), ", ")));
  return policy;
}

/// The programmes of the site's links, and those named.
std::vector<disclosure::PaidTarget> programmes(const Cli& cli, const DisclosureOptions& options) {
  std::vector<disclosure::PaidTarget> targets;
  for (const std::string& network : options.networks) targets.push_back({network, ""});
  const auto file = find_config(cli.config);
  if (file.empty()) return targets;
  const json links =
      json::parse(ApiClient(load_config(file)).call("GET", "/api/v1/links?all=1").body).at("data");
  for (const json& link : links) {
    if (link.value("state", "") == "disabled") continue;
    const auto url = parse_url(link.value("destination", ""));
    targets.push_back({link.value("network", ""), url ? url->host : ""});
  }
  return targets;
}

void print_notes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) fmt::print(stderr, "note: {}\n", safe_text(note));
}

int print_page(const Cli& cli, const DisclosureOptions& options) {
  const disclosure::SitePage page =
      disclosure::site_page(policy_for(cli, options), programmes(cli, options));
  const std::string text = options.fragment ? page.html : disclosure::as_document(page);
  print_notes(page.notes);
  if (options.out.empty()) {
    fmt::print("{}", text);
    return kDone;
  }
  std::ofstream file(options.out, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error(options.out + ": cannot be written");
  return kDone;
}

/// What a page with one link of each kind gets.
int print_preview(const Cli& cli, const DisclosureOptions& options) {
  const disclosure::Policy policy = policy_for(cli, options);
  const disclosure::PageTexts texts = disclosure::texts_for(policy, "");
  std::vector<std::string> notes;
  const std::vector<disclosure::PaidTarget> amazon_links{{"amazon", ""}};
  const auto required = disclosure::required_paragraphs(amazon_links, policy, texts.locale, notes);
  const std::string amazon = required.empty() ? "" : required.front().text;
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", json({{"schema", "candor.disclosure.preview/1"},
                             {"language", texts.locale},
                             {"labels", texts.labels},
                             {"label_stands", texts.labels_first ? "before" : "behind"},
                             {"top", texts.statement},
                             {"top_all", texts.statement_all},
                             {"footer", texts.footer},
                             {"amazon", amazon}})
                           .dump());
    return kDone;
  }
  fmt::print(
      "language  {}\nlabel     {} ({} the link's text)\ntop       {}\ntop_all   {}\n"
      "footer    {}\namazon    {}\n",
      texts.locale, fmt::join(texts.labels, " "), texts.labels_first ? "before" : "behind",
      safe_text(texts.statement), safe_text(texts.statement_all), safe_text(texts.footer),
      safe_text(amazon));
  print_notes(notes);
  return kDone;
}

}  // namespace

void add_disclosure_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<DisclosureOptions>();
  CLI::App* group =
      app.add_subcommand("disclosure", "The texts that go into pages, and the site's own page");
  group->require_subcommand(1);
  group->fallthrough();

  CLI::App* page = group->add_subcommand("page", "The site's page about its paid links, as HTML");
  add_language(page, *options);
  page->add_option("--out", options->out, "Write to this file instead")->type_name("FILE");
  page->add_option("--network", options->networks, "A programme beside those of the site's links");
  page->add_option("--site-name", options->site_name, "Name of the site in the text");
  page->add_flag("--fragment", options->fragment, "Only the section, for a page of your own");
  page->footer(
      "Names the programmes of the site's links. Readers find it by a link; each article still "
      "needs its own notice.\nExamples:\n  candor disclosure page --out public/disclosure.html\n"
      "  candor disclosure page --language de --fragment");
  page->fallthrough();
  page->callback(
      [&cli, options] { cli.run = [&cli, options] { return print_page(cli, *options); }; });

  CLI::App* preview = group->add_subcommand("preview", "The texts and labels that pages get");
  add_language(preview, *options);
  add_jurisdictions(*preview, options->jurisdictions);
  preview->add_option("--site-name", options->site_name, "Name of the site in the text");
  preview->footer(
      "\"top\" is for pages where some shop links pay nobody, \"top_all\" for the others.\n"
      "Examples:\n  candor disclosure preview --jurisdiction UK,DE --language en");
  preview->fallthrough();
  preview->callback(
      [&cli, options] { cli.run = [&cli, options] { return print_preview(cli, *options); }; });

  CLI::App* style = group->add_subcommand("stylesheet", "The stylesheet for notices and labels");
  style->footer(
      "With stylesheet = true in [disclosure], pages load it from the redirect front.\n"
      "Example:\n  candor disclosure stylesheet > public/candor.css");
  style->fallthrough();
  style->callback([&cli] {
    cli.run = [] {
      fmt::print("{}", redirect::stylesheet());
      return kDone;
    };
  });
}

}  // namespace candor::app
