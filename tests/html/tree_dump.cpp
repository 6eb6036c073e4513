#include "html/tree_dump.h"

#include <sstream>

#include "base/ascii.h"

namespace candor::html {
namespace {

constexpr std::size_t kNoElement = static_cast<std::size_t>(-1);

struct Node {
  std::size_t depth = 0;
  std::string text;
};

/// Lines of the dump; those that do not start with "| " go on with a text.
std::vector<Node> nodes_of(const std::vector<std::string>& lines) {
  std::vector<Node> nodes;
  for (const std::string& line : lines) {
    if (!line.starts_with("| ")) {
      if (!nodes.empty()) nodes.back().text += "\n" + line;
      continue;
    }
    const std::size_t begin = std::min(line.find_first_not_of(' ', 1), line.size());
    nodes.push_back({(begin - 2) / 2, line.substr(begin)});
  }
  // The blank line between two cases is not part of the last text.
  while (!nodes.empty() && nodes.back().text.ends_with('\n')) nodes.back().text.pop_back();
  return nodes;
}

TreeElement element_of(const std::string& text) {
  std::string name = text.substr(1, text.size() - 2);
  TreeElement element;
  for (const std::string_view space : {"svg ", "math "}) {
    if (!name.starts_with(space)) continue;
    element.space = space.substr(0, space.size() - 1);
    name.erase(0, space.size());
  }
  element.name = ascii::to_lower(name);
  return element;
}

void read_tree(const std::vector<std::string>& lines, TreeCase& into) {
  std::vector<std::size_t> open;  // index of the element at each depth
  for (const Node& node : nodes_of(lines)) {
    open.resize(std::min(open.size(), node.depth));
    const bool inside = !open.empty() && open.back() != kNoElement;
    if (node.text.starts_with("<!-- ")) {
      into.comments.push_back(node.text.substr(5, node.text.size() - 9));
    } else if (node.text.starts_with("<!") || node.text.starts_with("<?")) {
      continue;
    } else if (node.text.starts_with('<') && node.text.ends_with('>')) {
      into.elements.push_back(element_of(node.text));
      open.resize(node.depth, kNoElement);
      open.push_back(into.elements.size() - 1);
    } else if (node.text.starts_with('"')) {
      for (const std::size_t element : open)
        if (element != kNoElement)
          into.elements[element].text += node.text.substr(1, node.text.size() - 2);
    } else if (const std::size_t equals = node.text.find("=\"");
               inside && equals != std::string::npos) {
      into.elements[open.back()].attributes[node.text.substr(0, equals)] =
          node.text.substr(equals + 2, node.text.size() - equals - 3);
    }
  }
}

}  // namespace

std::vector<TreeCase> parse_tree_cases(const std::string& file) {
  std::vector<TreeCase> cases;
  std::istringstream input(file);
  std::string section;
  std::vector<std::string> tree;
  const auto finish = [&] {
    if (!cases.empty()) read_tree(tree, cases.back());
    tree.clear();
  };
  std::size_t number = 0;
  for (std::string line; std::getline(input, line);) {
    ++number;
    if (line == "#data") {
      finish();
      cases.emplace_back();
      cases.back().line = number;
    }
    const bool header =
        line.starts_with('#') && (section != "#data" || line == "#errors" || line == "#new-errors");
    if (header && (section != "#document" || line == "#data")) {
      section = line;
      if (line == "#script-off") cases.back().script_off = true;
    } else if (section == "#data") {
      cases.back().data += line + "\n";
    } else if (section == "#document-fragment") {
      cases.back().fragment = line;
    } else if (section == "#document") {
      tree.push_back(line);
    }
  }
  finish();
  for (TreeCase& each : cases)
    if (!each.data.empty()) each.data.pop_back();
  return cases;
}

}  // namespace candor::html
