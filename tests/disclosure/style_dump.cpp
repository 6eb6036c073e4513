// Prints how the page on stdin is seen, one JSON object for each element with an id, for a
// browser's word to be compared with. Usage: style_dump [WIDTH [print|screen [dark|light]]]
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "css/computed_style.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/page/page_tree.h"
#include "disclosure/page/painted_text.h"
#include "disclosure/page/style_sources.h"

namespace {

using namespace candor;

nlohmann::json as_json(const css::Colour& colour) {
  return {colour.red, colour.green, colour.blue, colour.alpha};
}

nlohmann::json seen(css::Styles& styles, const disclosure::PageTree& tree, css::Node node) {
  const css::ComputedStyle& style = styles.of(node);
  bool displayed = true;
  for (css::Node up = node; up != css::kNoNode; up = tree.parent(up))
    displayed = displayed && styles.of(up).displayed;
  nlohmann::json out{{"displayed", displayed},
                     {"visible", style.visibility == css::ComputedStyle::Visibility::Visible},
                     {"opacity", style.opacity},
                     {"underlined", style.underlined},
                     {"unsure", style.unsure},
                     {"hidden_by", disclosure::why_not_seen(styles, tree, node)}};
  if (style.font_known) out["font_px"] = style.font_px;
  if (style.colour.known) out["color"] = as_json(style.colour.plain);
  if (style.background.known) out["background"] = as_json(style.background.plain);
  if (const auto painted = disclosure::painted_text(styles, tree, node, css::kWhite))
    out["contrast"] = css::contrast(painted->text, painted->background);
  for (const auto& [name, pseudo] : {std::pair("before", css::PseudoElement::Before),
                                     std::pair("after", css::PseudoElement::After)})
    if (const auto content = styles.content_of(node, pseudo)) out[name] = *content;
  return out;
}

}  // namespace

int main(int count, char** words) {
  const std::string page(std::istreambuf_iterator<char>(std::cin), {});
  css::Reader reader;
  if (count > 1) reader.width = std::strtod(words[1], nullptr);
  reader.print = count > 2 && std::string_view(words[2]) == "print";
  reader.dark = count > 3 && std::string_view(words[3]) == "dark";
  const disclosure::Policy policy;
  const disclosure::PageFacts facts = disclosure::facts_of(page, policy);
  const auto sources = disclosure::styles_of(facts, policy, nullptr);
  const disclosure::PageTree tree(facts.page, facts.outline, facts.encoding);
  css::Styles styles(sources->sheets, tree, reader);
  nlohmann::json all = nlohmann::json::object();
  for (css::Node node = 0; node < facts.outline.elements.size(); ++node)
    if (const auto id = tree.attribute(node, "id"))
      all[std::string(*id)] = seen(styles, tree, node);
  std::cout << all.dump(1) << "\n";
}
