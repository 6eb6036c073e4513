#include "app/config_disclosure.h"

#include "app/config_section.h"
#include "disclosure/injection/own_texts.h"
#include "disclosure/wording/required_statements.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

void read_confirmed(Section& section, disclosure::Choices& choices) {
  choices.confirmed = section.texts("confirmed", {});
  std::vector<std::string> known;
  for (const auto& statement : disclosure::required_statements())
    if (!statement.verified) known.push_back(statement.key);
  for (const std::string& key : choices.confirmed) {
    if (std::ranges::find(known, key) != known.end()) continue;
    section.fail_key("confirmed", fmt::format("\"{}\" needs no confirmation; these do: {}", key,
                                              fmt::join(known, ", ")));
  }
}

void read_texts(Section& section, const fs::path& file, disclosure::Choices& choices) {
  const toml::node* node = section.take("texts");
  if (!node) return;
  if (!node->is_table())
    section.fail(*node, "disclosure.texts must be tables by language: [disclosure.texts.en]");
  for (const auto& [language, table] : *node->as_table()) {
    if (!table.is_table())
      section.fail(table, "disclosure.texts must be tables by language: [disclosure.texts.en]");
    const std::string name = "disclosure.texts." + std::string(language.str());
    Section texts(file, name, table.as_table());
    disclosure::OwnTexts made{std::string(language.str()), texts.text("top", ""),
                              texts.text("top_all", ""), texts.text("label", ""),
                              texts.text("footer", "")};
    texts.refuse_unknown();
    if (const auto fault = disclosure::fault_in(made))
      texts.fail(table, fmt::format("{}.{}", name, *fault));
    choices.texts.push_back(std::move(made));
  }
}

void read_disclaimers(Section& root, const fs::path& file, disclosure::Choices& choices) {
  const toml::node* node = root.take("disclaimers");
  if (!node) return;
  const toml::array* array = node->as_array();
  if (!array || (!array->empty() && !array->is_array_of_tables()))
    root.fail(*node, "disclaimers must be tables: [[disclaimers]]");
  for (const toml::node& each : *array) {
    Section section(file, "disclaimers", each.as_table());
    disclosure::Disclaimer made{section.text("category", ""), section.texts("paths", {}),
                                section.text("text", ""), section.text("language", "")};
    section.refuse_unknown();
    if (made.text.empty()) section.fail(each, "disclaimers.text is missing");
    if (made.paths.empty())
      section.fail(each, "disclaimers.paths is missing: the articles, as in [\"/health/*\"]");
    for (const std::string& path : made.paths)
      if (!path.starts_with('/'))
        section.fail_key("paths", fmt::format("\"{}\" must begin with '/'", path));
    choices.disclaimers.push_back(std::move(made));
  }
}

}  // namespace

void read_disclosure(Section& root, const fs::path& file, Config& config) {
  disclosure::Choices& choices = config.site.choices;
  Section section = open_section(file, root, "disclosure");
  choices.same_price = section.flag("same_price", false);
  choices.footer = section.flag("footer", false);
  choices.replace_legacy = section.flag("replace_legacy", false);
  config.link_stylesheet = section.flag("stylesheet", false);
  read_confirmed(section, choices);
  read_texts(section, file, choices);
  section.refuse_unknown();
  read_disclaimers(root, file, choices);
}

}  // namespace candor::app
