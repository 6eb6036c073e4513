#include "disclosure/injection/page_override.h"

#include <algorithm>

#include "base/ascii.h"
#include "disclosure/injection/own_texts.h"
#include "disclosure/page/outline.h"
#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/jurisdictions.h"

namespace candor::disclosure {
namespace {

using html::TokenKind;

void add_to(std::vector<std::string>& jurisdictions, const std::string& code) {
  if (std::ranges::find(jurisdictions, code) == jurisdictions.end()) jurisdictions.push_back(code);
}

class OverrideReader {
 public:
  PageOverride read(std::string_view content) {
    made_.present = true;
    while (!content.empty()) {
      const std::size_t end = std::min(content.size(), content.find(';'));
      read_setting(ascii::trim(content.substr(0, end)));
      content.remove_prefix(std::min(content.size(), end + 1));
    }
    return std::move(made_);
  }

 private:
  void fault(std::string reason) {
    constexpr std::size_t kFaults = 10;
    if (made_.faults.size() < kFaults)
      made_.faults.push_back("<meta name=\"candor\">: " + std::move(reason));
  }

  void read_setting(std::string_view setting) {
    if (setting.empty()) return;
    const std::size_t equals = setting.find('=');
    const std::string key = ascii::to_lower(ascii::trim(setting.substr(0, equals)));
    const std::string_view value =
        equals == std::string_view::npos ? "" : ascii::trim(setting.substr(equals + 1));
    if (key == "off" && equals == std::string_view::npos)
      made_.off = true;
    else if (key == "jurisdictions")
      read_jurisdictions(value);
    else if (key == "language")
      read_language(value);
    else if (key == "block")
      read_block(value);
    else
      fault("\"" + std::string(setting.substr(0, 60)) +
            "\" is unknown; there are off, jurisdictions=, language= and block=");
  }

  void read_jurisdictions(std::string_view value) {
    while (!value.empty()) {
      const std::size_t end = std::min(value.size(), value.find(','));
      const auto code = parse_jurisdiction(ascii::trim(value.substr(0, end)).substr(0, 20));
      value.remove_prefix(std::min(value.size(), end + 1));
      if (!code) {
        fault(code.error() + "; the site's own hold as well");
        made_.keeps_site_jurisdictions = true;
      } else {
        add_to(made_.jurisdictions, *code);
      }
    }
  }

  void read_language(std::string_view value) {
    if (knows_language(value)) {
      made_.language = value;
      return;
    }
    fault("there are no texts in the language \"" + std::string(value.substr(0, 20)) + "\"");
  }

  void read_block(std::string_view value) {
    const auto reason = fault_in_statement(value);
    if (reason)
      fault("the block's text " + *reason + "; the usual one is used");
    else
      made_.block = value;
  }

  PageOverride made_;
};

}  // namespace

PageOverride override_in(const html::Page& page, const html::Encoding& encoding) {
  int shut = 0;
  for (const html::Token& token : page.tokens) {
    const bool start = token.kind == TokenKind::StartTag;
    if (!start && token.kind != TokenKind::EndTag) continue;
    if (page.is(token, "template")) shut = std::max(0, shut + (start ? 1 : -1));
    if (!start || shut > 0 || token.foreign || !page.is(token, "meta")) continue;
    const auto name = attribute_text(page, token, "name", encoding);
    if (!name || !ascii::equals_ignoring_case(ascii::trim(*name), "candor")) continue;
    return OverrideReader().read(attribute_text(page, token, "content", encoding).value_or(""));
  }
  return {};
}

Policy with_override(const Policy& policy, const PageOverride& wanted,
                     std::string_view page_language) {
  Policy made = policy;
  if (!wanted.jurisdictions.empty() && !wanted.keeps_site_jurisdictions)
    made.jurisdictions = wanted.jurisdictions;
  else
    for (const std::string& code : wanted.jurisdictions) add_to(made.jurisdictions, code);
  if (!wanted.language.empty()) made.language = wanted.language;
  if (wanted.block.empty()) return made;
  OwnTexts texts;
  texts.language = choose_template(made, page_language).locale;
  for (const OwnTexts& each : made.choices.texts)
    if (ascii::equals_ignoring_case(each.language, texts.language)) texts = each;
  texts.top = texts.top_all = wanted.block;
  made.choices.texts.insert(made.choices.texts.begin(), texts);
  return made;
}

}  // namespace candor::disclosure
